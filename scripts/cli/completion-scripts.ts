/** What a shell runs once to complete `sparkify`: whenever Tab is pressed it asks `command` for the words. */
export const completionScripts = {
  bash: (command: string) => `# In ~/.bashrc: eval "$(npx sparkify completion bash)"
_sparkify() {
  local IFS=$'\\n'
  local words=("\${COMP_WORDS[@]:0:COMP_CWORD+1}")
  local found=$(SHELL=bash ${command} "\${words[@]}" 2>/dev/null)
  COMPREPLY=($(compgen -W "$found" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -F _sparkify sparkify`,

  zsh: (command: string) => `# In ~/.zshrc, after compinit: eval "$(npx sparkify completion zsh)"
_sparkify() {
  local -a found
  found=(\${(f)"$(SHELL=zsh ${command} "\${(@)words[1,CURRENT]}" 2>/dev/null)"})
  _describe 'sparkify' found
}
compdef _sparkify sparkify`,

  fish: (command: string) => `# In ~/.config/fish/config.fish: npx sparkify completion fish | source
function __sparkify
  env SHELL=fish ${command} (commandline -opc) (commandline -ct) 2>/dev/null
end
complete -c sparkify -f -a '(__sparkify)'`,
}

export type Shell = keyof typeof completionScripts
