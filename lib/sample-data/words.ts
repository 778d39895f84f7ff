const words = (list: string): readonly string[] => list.trim().split(/\s+/)

/** The stuff that song titles and artist names are made of. */
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
