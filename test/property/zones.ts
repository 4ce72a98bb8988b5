/** Time zones, each with an instant at which its calendar does something odd. */
export const oddities = [
  { zone: "UTC", pivot: "2018-03-01T00:00:00.000Z", what: "nothing" },
  { zone: "Europe/Berlin", pivot: "2018-10-28T01:00:00.000Z", what: "a day of 25 hours" },
  { zone: "America/Sao_Paulo", pivot: "2018-11-04T03:00:00.000Z", what: "no midnight" },
  { zone: "America/Sao_Paulo", pivot: "2018-02-18T02:00:00.000Z", what: "an hour before midnight twice" },
  { zone: "Asia/Beirut", pivot: "2018-03-24T22:00:00.000Z", what: "no midnight" },
  { zone: "Africa/Cairo", pivot: "2010-04-29T22:00:00.000Z", what: "no midnight" },
  { zone: "America/Havana", pivot: "2018-11-04T05:00:00.000Z", what: "midnight twice, an hour apart" },
  { zone: "Asia/Colombo", pivot: "2006-04-14T18:30:00.000Z", what: "midnight twice, half an hour apart" },
  { zone: "Antarctica/Casey", pivot: "2010-03-04T15:00:00.000Z", what: "midnight twice, three hours apart" },
  {
    zone: "America/St_Johns",
    pivot: "2010-11-07T02:31:00.000Z",
    what: "a minute of tomorrow, then today again",
  },
  { zone: "Asia/Kolkata", pivot: "2018-06-30T18:30:00.000Z", what: "half an hour" },
  { zone: "Australia/Lord_Howe", pivot: "2018-10-06T15:30:00.000Z", what: "a jump of half an hour" },
  { zone: "Pacific/Apia", pivot: "2011-12-30T10:00:00.000Z", what: "no 30 December" },
] as const;
