"""What the scripts beside it have in common: each prints a line for each call of its driver."""


def tell(title, call):
    try:
        value = call()
    except Exception as error:
        value = f'{type(error).__name__} {code_of(error)}'.strip()
    print(f'{title}: {value}', flush=True)


def code_of(error):
    fields = error.args[0] if error.args and isinstance(error.args[0], dict) else {}
    return getattr(error, 'sqlstate', None) or getattr(error, 'pgcode', None) or fields.get('C', '')
