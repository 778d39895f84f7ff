/** Where an artist is from; the coordinates are in degrees. */
export interface Place {
  readonly location: string | number
  readonly latitude: number | null
  readonly longitude: number | null
}

const place = (location: string, latitude: number, longitude: number): Place => ({
  location,
  latitude,
  longitude,
})

/** The place of an artist about whom nothing is known. */
export const nowhere: Place = { location: '', latitude: null, longitude: null }

export const places = [
  place('Lisbon, Portugal', 38.72225, -9.13934),
  place('Reykjavík, Iceland', 64.14657, -21.94223),
  place('São Paulo, Brazil', -23.55052, -46.63331),
  place('Zürich', 47.37689, 8.54169),
  place('Kyoto, Japan', 35.01156, 135.76815),
  place('Lagos, Nigeria', 6.52438, 3.37921),
  place('Glasgow, Scotland', 55.86424, -4.25181),
  place('Leeds, England', 53.80076, -1.54908),
  place('Bristol, UK', 51.45451, -2.58791),
  place('Melbourne, Australia', -37.81363, 144.96306),
  place('Montréal, Quebec, Canada', 45.50189, -73.56739),
  place('Winnipeg, MB', 49.89514, -97.13837),
  place('Oaxaca, México', 17.07319, -96.72659),
  place('Valparaíso, Chile', -33.04724, -71.61269),
  place('Kingston, Jamaica', 17.97121, -76.79288),
  place('Dakar', 14.71668, -17.46769),
  place('Mumbai, India', 19.07598, 72.87766),
  place('Tromsø, Norway', 69.64921, 18.95532),
  place('Göteborg, Sweden', 57.70887, 11.97456),
  place('Kraków, Poland', 50.06465, 19.94498),
  place('Łódź', 51.75925, 19.45598),
  place('Athens, Greece', 37.98381, 23.72754),
  place('Москва', 55.75583, 37.6173),
  place('Tbilisi, Georgia', 41.71514, 44.82709),
  place('Portland, OR', 45.52306, -122.67648),
  place('Austin, TX', 30.26715, -97.74306),
  place('Duluth, Minnesota', 46.78667, -92.10049),
  place('Brooklyn, NY [Red Hook]', 40.67339, -74.00832),
  place('Asheville, NC / Durham, NC', 35.59506, -82.55149),
  place('Muscle Shoals, AL', 34.74481, -87.66753),
  place('"The Motor City"', 42.33143, -83.04575),
  place('Ohio', 40.41729, -82.90712),
  place("Coeur d'Alene, ID", 47.67768, -116.78047),
  place('New Mexico, USA', 34.51994, -105.87009),
  place(
    'Born on the road between Winnipeg and Duluth; later Glasgow, Leeds, Lisbon, Montréal, Kyoto and, ' +
      'for one long winter, a lighthouse keeper’s cottage outside Tromsø, Norway',
    69.6,
    18.9,
  ),
] as const
