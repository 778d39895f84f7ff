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

/** Where an artist is from; the coordinates are in degrees. */
export interface City {
  readonly location: string | number
  readonly latitude: number | null
  readonly longitude: number | null
}

const city = (location: string, latitude: number, longitude: number): City => ({
  location,
  latitude,
  longitude,
})

/** Where an artist about whom nothing is known is from. */
export const nowhere: City = { location: '', latitude: null, longitude: null }

export const cities = [
  city('Lisbon, Portugal', 38.72225, -9.13934),
  city('Reykjavík, Iceland', 64.14657, -21.94223),
  city('São Paulo, Brazil', -23.55052, -46.63331),
  city('Zürich', 47.37689, 8.54169),
  city('Kyoto, Japan', 35.01156, 135.76815),
  city('Lagos, Nigeria', 6.52438, 3.37921),
  city('Glasgow, Scotland', 55.86424, -4.25181),
  city('Leeds, England', 53.80076, -1.54908),
  city('Bristol, UK', 51.45451, -2.58791),
  city('Melbourne, Australia', -37.81363, 144.96306),
  city('Montréal, Quebec, Canada', 45.50189, -73.56739),
  city('Winnipeg, MB', 49.89514, -97.13837),
  city('Oaxaca, México', 17.07319, -96.72659),
  city('Valparaíso, Chile', -33.04724, -71.61269),
  city('Kingston, Jamaica', 17.97121, -76.79288),
  city('Dakar', 14.71668, -17.46769),
  city('Mumbai, India', 19.07598, 72.87766),
  city('Tromsø, Norway', 69.64921, 18.95532),
  city('Göteborg, Sweden', 57.70887, 11.97456),
  city('Kraków, Poland', 50.06465, 19.94498),
  city('Łódź', 51.75925, 19.45598),
  city('Athens, Greece', 37.98381, 23.72754),
  city('Москва', 55.75583, 37.6173),
  city('Tbilisi, Georgia', 41.71514, 44.82709),
  city('Portland, OR', 45.52306, -122.67648),
  city('Austin, TX', 30.26715, -97.74306),
  city('Duluth, Minnesota', 46.78667, -92.10049),
  city('Brooklyn, NY [Red Hook]', 40.67339, -74.00832),
  city('Asheville, NC / Durham, NC', 35.59506, -82.55149),
  city('Muscle Shoals, AL', 34.74481, -87.66753),
  city('"The Motor City"', 42.33143, -83.04575),
  city('Ohio', 40.41729, -82.90712),
  city("Coeur d'Alene, ID", 47.67768, -116.78047),
  city('New Mexico, USA', 34.51994, -105.87009),
  city(
    'Born on the road between Winnipeg and Duluth; later Glasgow, Leeds, Lisbon, Montréal, Kyoto and, ' +
      'for one long winter, a lighthouse keeper’s cottage outside Tromsø, Norway',
    69.6,
    18.9,
  ),
] as const

/** The words that song titles and artist names are made of. */
export const adjectives = words(`
  Amber Arctic Bitter Blank Borrowed Brittle Broken Burning Careless Copper Crooked Crystal Damp
  Distant Dizzy Drifting Dusty Early Electric Empty Endless Faded Familiar Feral Foreign Fragile
  Frozen Gentle Gilded Golden Grey Half-Lit Heavy Hidden Hollow Honest Humming Idle Invisible Iron
  Jagged Kind Late Lazy Lonesome Long Lost Loud Lucky Lunar Midnight Modern Muddy Narrow Neon Northern
  Numb Ordinary Pale Paper Patient Plastic Quiet Rainy Reckless Restless Rusty Sacred Salted Scarlet
  Second Secret Shallow Silent Silver Sleepless Slow Sober Solar Southern Spare Stolen Strange Sudden
  Sunken Tangled Tender Thin Tidal Tired Uneven Velvet Violet Wandering Warm Wild Winter Wooden`)

export const nouns = words(`
  Alphabet Anchor Apartment Archive Armchair Attic Autumn Avenue Balcony Ballroom Bicycle Bonfire
  Bridge Cabin Calendar Carousel Cathedral Ceiling Choir Cinema Circus Clock Coastline Compass Corridor
  Daughter Daylight Desert Detour Diary Echo Elevator Engine Envelope Evening Factory Ferry Fever
  Fiction Firefly Flood Footstep Forecast Fountain Gallery Garden Ghost Glacier Gravity Harbour
  Highway Holiday Horizon Hotel Island Jukebox Kitchen Ladder Lagoon Lantern Letter Library Lighthouse
  Machine Magnet Mailbox Meadow Mirror Monday Monsoon Motel Mountain Museum Neighbour Number Ocean
  Orchard Orbit Passenger Pavement Pendulum Piano Pilot Planet Postcard Promise Radio Railway Ribbon
  River Rooftop Satellite Season Shadow Shoreline Signal Skyline Sparrow Staircase Station Stranger
  Suitcase Summer Sunday Telegram Telescope Theatre Thunder Ticket Tower Tunnel Umbrella Valley Voyage
  Waltz Waterfall Weather Weekend Whisper Window Wire Yesterday`)

export const verbs = words(`
  Answer Believe Borrow Break Carry Chase Choose Colour Count Cross Dance Draw Drive Fold Follow Forget
  Forgive Hold Imagine Keep Leave Lift Light Lose Measure Mend Move Name Open Paint Remember Repeat
  Return Save Shake Sing Steal Stop Swim Teach Touch Trade Turn Wait Wake Wash Watch Write`)

export const bandWords = words(`
  Accountants Acrobats Antennas Architects Astronauts Beekeepers Brothers Cartographers Collective
  Comets Cousins Divers Electricians Ensemble Foxes Gardeners Herons Historians Janitors Kites Lanterns
  Librarians Machinists Magpies Mechanics Minors Navigators Neighbours Orchestra Otters Painters Parade
  Pedestrians Pigeons Pioneers Pirates Plumbers Postmen Quartet Rebels Rivals Sailors Sisters Skeletons
  Society Sparks Strangers Swimmers Tailors Thieves Tigers Tourists Travellers Trio Twins Union
  Vagabonds Volcanoes Walkers Weavers Wolves`)

export const accented = words(`
  Ángeles Années Bênção Böse Café Canção Corazón Crème Déjà-Vu Étoile Fjörður Fröhlich Garçon Größe
  Hjärta Île Jalapeño Kærlighed Löwe Mañana Noël Ñandú Öppna Où Pâques Përjetësi Quê Réveillon Señorita
  Straße Tëmpo Třešně Übermorgen Vítr Weiß Ýmir Zażółć Żółw Čas Šum Ağaç İnci Ő Ćma`)

export const nonLatin = words(`
  Ночь Дорога Море Зима Память Θάλασσα Νύχτα Άνεμος Δρόμος 夜明け 海 風の歌 東京 雨 북극성 바다 겨울 노래
  星空 河流 月光 雨天 ليل قمر بحر طريق ירח חלום ים דרך ฝน ทะเล बारिश चाँद მთვარე ծով`)

export const emoji = words('🎧 🎶 🔥 🌙 💔 🌊 🚲 🦊 ☀️ 👩‍🚀 🏳️‍🌈 ✨')

export const versions = [
  '(Live)',
  '(Album Version)',
  '(Acoustic)',
  '(Radio Edit)',
  '(Instrumental)',
  '[Demo]',
  '(Remastered)',
  '(Club Mix)',
  '- Single Version',
] as const
