-- title: At what hours of their own day do people listen?
-- answers: Plays and listeners by the hour of the day where the listener is, summer time included;
--   one row per local hour that has plays, and one, unknown, for the plays whose place does not tell
--   one time zone. A state within one zone tells it; within a state of several, and across states,
--   the metropolitan areas that lie in one zone are named below.
-- key: hour
-- chart: columns of plays by hour

with heard as (
  select
    location,
    date_trunc('hour', start_time) as moment,
    user_id,
    count(*) as plays
  from songplays
  group by
    location,
    date_trunc('hour', start_time),
    user_id
),
places as (
  select distinct location
  from heard
),
-- By max, each place and each hour is worked out once, not for every play.
parts as (
  select
    location,
    max(split_part(location, ', ', 2)) as states,
    max(split_part(split_part(location, ', ', 1), '-', 1) || ', '
      || split_part(split_part(location, ', ', 2), '-', 1)) as city
  from places
  group by location
),
zones as (
  select
    location,
    case
      when states ~ '^(CT|DC|DE|GA|MA|MD|ME|NC|NH|NJ|NY|OH|PA|RI|SC|VA|VT|WV|-)+$'
        then 'America/New_York'
      when states ~ '^(AL|AR|IA|IL|LA|MN|MO|MS|OK|WI|-)+$' then 'America/Chicago'
      when states ~ '^(CO|MT|NM|UT|WY|-)+$' then 'America/Denver'
      when states ~ '^(CA|WA|-)+$' then 'America/Los_Angeles'
      when states = 'HI' then 'Pacific/Honolulu'
      when city in (
        'Cincinnati, OH', 'Huntington, WV',
        'Cape Coral, FL', 'Deltona, FL', 'Gainesville, FL', 'Jacksonville, FL', 'Lakeland, FL',
        'Miami, FL', 'Naples, FL', 'North Port, FL', 'Ocala, FL', 'Orlando, FL', 'Palm Bay, FL',
        'Port St. Lucie, FL', 'Tallahassee, FL', 'Tampa, FL',
        'Bloomington, IN', 'Elkhart, IN', 'Fort Wayne, IN', 'Indianapolis, IN', 'Kokomo, IN',
        'Lafayette, IN', 'Muncie, IN', 'Plymouth, IN', 'South Bend, IN', 'Terre Haute, IN',
        'Lexington, KY', 'London, KY', 'Louisville/Jefferson County, KY',
        'Ann Arbor, MI', 'Battle Creek, MI', 'Bay City, MI', 'Detroit, MI', 'Flint, MI',
        'Grand Rapids, MI', 'Jackson, MI', 'Kalamazoo, MI', 'Lansing, MI', 'Muskegon, MI',
        'Saginaw, MI',
        'Chattanooga, TN', 'Cleveland, TN', 'Johnson City, TN', 'Kingsport, TN', 'Knoxville, TN'
      ) then 'America/New_York'
      when city in (
        'Chicago, IL', 'Marinette, WI', 'Kansas City, MO', 'St. Joseph, MO', 'Sioux City, IA',
        'Crestview, FL', 'Panama City, FL', 'Pensacola, FL', 'Evansville, IN', 'Michigan City, IN',
        'Bowling Green, KY', 'Owensboro, KY', 'Lawrence, KS', 'Manhattan, KS', 'Topeka, KS',
        'Wichita, KS', 'Grand Island, NE', 'Lincoln, NE', 'Omaha, NE', 'Bismarck, ND', 'Fargo, ND',
        'Grand Forks, ND', 'Sioux Falls, SD', 'Clarksville, TN', 'Jackson, TN', 'Memphis, TN',
        'Nashville, TN',
        'Abilene, TX', 'Amarillo, TX', 'Austin, TX', 'Beaumont, TX', 'Brownsville, TX',
        'College Station, TX', 'Corpus Christi, TX', 'Dallas, TX', 'Houston, TX', 'Killeen, TX',
        'Laredo, TX', 'Longview, TX', 'Lubbock, TX', 'McAllen, TX', 'Midland, TX', 'Odessa, TX',
        'Palestine, TX', 'San Antonio, TX', 'Tyler, TX', 'Waco, TX', 'Wichita Falls, TX'
      ) then 'America/Chicago'
      when city in (
        'Boise City, ID', 'Idaho Falls, ID', 'Pocatello, ID', 'Twin Falls, ID', 'Logan, UT',
        'Ontario, OR', 'Rapid City, SD', 'El Paso, TX'
      ) then 'America/Denver'
      when city in (
        'Lake Havasu City, AZ', 'Phoenix, AZ', 'Prescott, AZ', 'Tucson, AZ', 'Yuma, AZ'
      ) then 'America/Phoenix'
      when city in (
        'Coeur d''Alene, ID', 'Lewiston, ID', 'Carson City, NV', 'Las Vegas, NV', 'Reno, NV',
        'Albany, OR', 'Bend, OR', 'Corvallis, OR', 'Eugene, OR', 'Grants Pass, OR',
        'Klamath Falls, OR', 'Medford, OR', 'Portland, OR', 'Salem, OR'
      ) then 'America/Los_Angeles'
      when city in ('Anchorage, AK', 'Fairbanks, AK', 'Juneau, AK') then 'America/Anchorage'
    end as time_zone
  from parts
),
moments as (
  select distinct
    location,
    moment
  from heard
),
hours as (
  select
    zones.location,
    moment,
    max(to_char(convert_timezone('UTC', time_zone, moment), 'HH24')) as hour
  from zones
  join moments on moments.location = zones.location
  where time_zone is not null
  group by
    zones.location,
    moment
)
select
  nvl(hours.hour, 'unknown') as hour,
  sum(plays) as plays,
  round(100.0 * sum(plays) / sum(sum(plays)) over (), 1) as percent_of_plays,
  count(distinct user_id) as listeners
from heard
left join hours on hours.location = heard.location and hours.moment = heard.moment
group by nvl(hours.hour, 'unknown')
order by hour;
