-- The ends of the starting position were kept as last days; from now on they are kept as ESR writes them.
UPDATE starting_position SET until_date = date(until_date, '+1 day')
WHERE until_date IS NOT NULL
  AND (SELECT value ->> '$.endDateMeaning' FROM setting WHERE key = 'settings') = 'first-day-without';
