const words = (list: string): readonly string[] => list.trim().split(/\s+/)

export const women = words(`
  Abigail Adele Alma Amara Anika Astrid Aurora Beatriz Bianca Carmen Celeste Chiara Clara Dalia Daphne
  Edith Elena Elsa Esther Fatima Flora Freya Gemma Greta Hana Hazel Helena Ida Ines Ingrid Iris Ivy
  Jasmine Joan Judith Keiko Kiara Leila Linnea Lorena Lucia Mabel Maeve Maren Marta Matilda Mei Mina
  Nadia Naomi Nina Noor Odette Olga Paloma Petra Priya Ramona Renata Rosa Ruth Sabine Saskia Selma
  Simone Sofía Tamar Tessa Thea Uma Valentina Vera Willa Xiomara Yara Yuki Zadie Zoë`)

export const men = words(`
  Abel Ahmed Alan Albert Alonso Amir Anton Arjun Axel Basil Bastian Boris Caleb Cedric Cyrus Dario
  Desmond Diego Edgar Elias Emil Enzo Ezra Felix Fernando Floyd Gideon Gustav Hamza Harold Hector Hugo
  Ibrahim Igor Isaac Ivan Jasper Jens Joaquín Jonas Jorge Kenji Kurt Lars Leon Linus Luca Magnus Malik
  Marcel Marco Mateo Milo Moses Nikhil Nils Omar Oscar Otto Pablo Percy Quentin Rafael Ramón Rohan Roman
  Rufus Samir Silas Stefan Sven Tariq Theo Tobias Umar Victor Walter Wesley Xavier Yusuf Zane`)

export const families = words(`
  Abbott Acosta Adeyemi Ahlberg Almeida Andersen Arnold Aydin Baptiste Barlow Becker Bianchi Blum Booth
  Bouchard Brandt Calloway Castro Chang Chowdhury Cortez Dalton Deluca Dixon Dubois Eklund Ellison
  Espinoza Farrell Ferreira Fischer Fontaine Fowler Fraser Gallagher Gibbs Goldberg Gomes Granger Gupta
  Haddad Hale Hansen Hartley Hassan Hoffman Holt Horvat Ibarra Ishikawa Ivanov Jansen Jensen Kaplan Katz
  Keller Khan Kim Kovac Kumar Lam Larsen Leblanc Lindgren Lombardi Lowe MacLeod Marino Mbeki McCarthy
  Mendoza Meyer Mishra Moreau Muñoz Murray Nakamura Navarro Nguyen Nilsen Novak O'Brien O'Connor Okafor
  Olsen Ortega Osman Palmer Park Pereira Petrov Pham Popescu Quinn Rahman Ramos Reyes Ricci Rojas Rossi
  Ruiz Sandoval Santos Sato Schmidt Sharp Silva Singh Solis Sorensen Suzuki Takeda Thorne Torres Tran
  Vance Vargas Vega Villanueva Vogel Wagner Walsh Weber Whitaker Winslow Wolff Yamada Yilmaz Zhang
  Zimmerman`)

export const metros = [
  'New York-Newark-Jersey City, NY-NJ-PA',
  'Los Angeles-Long Beach-Anaheim, CA',
  'Chicago-Naperville-Elgin, IL-IN-WI',
  'Dallas-Fort Worth-Arlington, TX',
  'Houston-The Woodlands-Sugar Land, TX',
  'Washington-Arlington-Alexandria, DC-VA-MD-WV',
  'Miami-Fort Lauderdale-West Palm Beach, FL',
  'Philadelphia-Camden-Wilmington, PA-NJ-DE-MD',
  'Atlanta-Sandy Springs-Roswell, GA',
  'Boston-Cambridge-Newton, MA-NH',
  'Phoenix-Mesa-Scottsdale, AZ',
  'San Francisco-Oakland-Hayward, CA',
  'Riverside-San Bernardino-Ontario, CA',
  'Detroit-Warren-Dearborn, MI',
  'Seattle-Tacoma-Bellevue, WA',
  'Minneapolis-St. Paul-Bloomington, MN-WI',
  'San Diego-Carlsbad, CA',
  'Tampa-St. Petersburg-Clearwater, FL',
  'Denver-Aurora-Lakewood, CO',
  'St. Louis, MO-IL',
  'Baltimore-Columbia-Towson, MD',
  'Charlotte-Concord-Gastonia, NC-SC',
  'Orlando-Kissimmee-Sanford, FL',
  'San Antonio-New Braunfels, TX',
  'Portland-Vancouver-Hillsboro, OR-WA',
  'Pittsburgh, PA',
  'Sacramento--Roseville--Arden-Arcade, CA',
  'Cincinnati, OH-KY-IN',
  'Las Vegas-Henderson-Paradise, NV',
  'Kansas City, MO-KS',
  'Austin-Round Rock, TX',
  'Cleveland-Elyria, OH',
  'Columbus, OH',
  'Indianapolis-Carmel-Anderson, IN',
  'Nashville-Davidson--Murfreesboro--Franklin, TN',
  'Virginia Beach-Norfolk-Newport News, VA-NC',
  'Providence-Warwick, RI-MA',
  'Milwaukee-Waukesha-West Allis, WI',
  'Jacksonville, FL',
  'Oklahoma City, OK',
  'Memphis, TN-MS-AR',
  'Louisville/Jefferson County, KY-IN',
  'Raleigh, NC',
  'Richmond, VA',
  'New Orleans-Metairie, LA',
  'Salt Lake City, UT',
  'Hartford-West Hartford-East Hartford, CT',
  'Buffalo-Cheektowaga-Niagara Falls, NY',
  'Birmingham-Hoover, AL',
  'Rochester, NY',
  'Grand Rapids-Wyoming, MI',
  'Tucson, AZ',
  'Urban Honolulu, HI',
  'Tulsa, OK',
  'Fresno, CA',
  'Worcester, MA-CT',
  'Omaha-Council Bluffs, NE-IA',
  'Albuquerque, NM',
  'Greenville-Anderson-Mauldin, SC',
  'Knoxville, TN',
  'Boise City, ID',
  'Anchorage, AK',
  'Duluth, MN-WI',
  'Missoula, MT',
  'Cañon City, CO',
] as const

const quoted = (agent: string): string => `"${agent}"`
const webkit = (platform: string, rest: string): string =>
  quoted(`Mozilla/5.0 (${platform}) AppleWebKit/${rest}`)
const chrome = (platform: string, version: string): string =>
  webkit(platform, `537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`)
const firefox = (platform: string, version: string): string =>
  `Mozilla/5.0 (${platform}; rv:${version}) Gecko/20100101 Firefox/${version}`

/** User agents as the logs hold them: those of WebKit browsers inside literal quote characters. */
export const agents = [
  chrome('Windows NT 10.0; Win64; x64', '70.0.3538.77'),
  chrome('Windows NT 10.0; Win64; x64', '69.0.3497.100'),
  chrome('Windows NT 6.1; Win64; x64', '70.0.3538.77'),
  chrome('Windows NT 6.3; WOW64', '68.0.3440.106'),
  chrome('Macintosh; Intel Mac OS X 10_14_0', '70.0.3538.77'),
  chrome('Macintosh; Intel Mac OS X 10_13_6', '69.0.3497.100'),
  chrome('X11; Linux x86_64', '70.0.3538.67'),
  chrome('X11; CrOS x86_64 10895.78.0', '69.0.3497.120'),
  webkit(
    'Macintosh; Intel Mac OS X 10_14',
    '605.1.15 (KHTML, like Gecko) Version/12.0 Safari/605.1.15',
  ),
  webkit(
    'Macintosh; Intel Mac OS X 10_13_6',
    '605.1.15 (KHTML, like Gecko) Version/11.1.2 Safari/605.1.15',
  ),
  webkit(
    'iPhone; CPU iPhone OS 12_0_1 like Mac OS X',
    '605.1.15 (KHTML, like Gecko) Version/12.0 Mobile/15E148 Safari/604.1',
  ),
  webkit(
    'iPad; CPU OS 11_4_1 like Mac OS X',
    '605.1.15 (KHTML, like Gecko) Version/11.0 Mobile/15E148 Safari/604.1',
  ),
  webkit(
    'Linux; Android 8.0.0; SM-G950F',
    '537.36 (KHTML, like Gecko) Chrome/70.0.3538.64 Mobile Safari/537.36',
  ),
  firefox('Windows NT 10.0; Win64; x64', '63.0'),
  firefox('Windows NT 6.1; WOW64', '62.0'),
  firefox('Macintosh; Intel Mac OS X 10.13', '63.0'),
  firefox('X11; Ubuntu; Linux x86_64', '63.0'),
  'Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko',
] as const
