package main

// aims are the lines of the table. Sizes in words are those of SIZE=full; the
// note above the table says which size was measured.
var aims = []aim{
	{work: "waiting for the disk, one at a time", in: `Disk`, metric: "syncs/s", unit: "/s"},

	{work: "post, SQLite, 1 client", in: `Post/clients=1/sqlite`, metric: "posts/s", aim: 1200, unit: "/s", floor: "log-posts/s"},
	{work: "… 8 clients", in: `Post/clients=8/sqlite`, metric: "posts/s", aim: 4000, unit: "/s", floor: "log-posts/s"},
	{work: "… 32 clients", in: `Post/clients=32/sqlite`, metric: "posts/s", aim: 7500, unit: "/s", floor: "log-posts/s"},
	{work: "… 32 clients, beside a bare INSERT", in: `Post/clients=32/sqlite`, metric: "posts/s", unit: "/s", floor: "insert-posts/s"},
	{work: "… 32 clients, p99", in: `Post/clients=32/sqlite`, metric: "p99-ms", most: true, aim: 15, unit: " ms"},
	{work: "post, PostgreSQL, 1 client", in: `Post/clients=1/postgres`, metric: "posts/s", aim: 600, unit: "/s", floor: "log-posts/s"},
	{work: "… 8 clients", in: `Post/clients=8/postgres`, metric: "posts/s", aim: 2000, unit: "/s", floor: "log-posts/s"},
	{work: "… 32 clients", in: `Post/clients=32/postgres`, metric: "posts/s", aim: 3000, unit: "/s", floor: "log-posts/s"},
	{work: "… 32 clients, beside a bare INSERT", in: `Post/clients=32/postgres`, metric: "posts/s", unit: "/s", floor: "insert-posts/s"},
	{work: "… 32 clients, p99", in: `Post/clients=32/postgres`, metric: "p99-ms", most: true, aim: 30, unit: " ms"},

	{work: "page of 60 posts, SQLite, 8 readers", in: `Page/sqlite`, metric: "pages/s", aim: 5000, unit: "/s", floor: "index-pages/s"},
	{work: "… one reader, p50", in: `Page/sqlite`, metric: "alone-p50-ms", most: true, aim: 0.5, unit: " ms"},
	{work: "… among a million posts, one reader, p50", in: `Company/sqlite/page`, metric: "alone-p50-ms", most: true, aim: 0.5, unit: " ms"},
	{work: "page of 60 posts, PostgreSQL, 8 readers", in: `Page/postgres`, metric: "pages/s", aim: 5000, unit: "/s", floor: "index-pages/s"},
	{work: "… one reader, p50", in: `Page/postgres`, metric: "alone-p50-ms", most: true, aim: 0.5, unit: " ms"},
	{work: "… among a million posts, one reader, p50", in: `Company/postgres/page`, metric: "alone-p50-ms", most: true, aim: 0.5, unit: " ms"},

	{work: "one post to 1,000 live connections, last receipt, p50", in: `Live(/.*)?`, metric: "p50-ms", most: true, aim: 15, unit: " ms", floor: "log-p50-ms"},

	{work: "inbox of 10,000 among a million open asks, SQLite, p50", in: `Company/sqlite/inbox`, metric: "alone-p50-ms", most: true, aim: 1, unit: " ms"},
	{work: "… one reader, p99", in: `Company/sqlite/inbox`, metric: "alone-p99-ms", most: true, aim: 5, unit: " ms"},
	{work: "… 8 readers, p99", in: `Company/sqlite/inbox`, metric: "p99-ms", most: true, unit: " ms"},
	{work: "… 8 readers", in: `Company/sqlite/inbox`, metric: "answers/s", unit: "/s", floor: "index-answers/s"},
	{work: "inbox of 10,000 among a million open asks, PostgreSQL, p50", in: `Company/postgres/inbox`, metric: "alone-p50-ms", most: true, aim: 1, unit: " ms"},
	{work: "… one reader, p99", in: `Company/postgres/inbox`, metric: "alone-p99-ms", most: true, aim: 5, unit: " ms"},
	{work: "… 8 readers, p99", in: `Company/postgres/inbox`, metric: "p99-ms", most: true, unit: " ms"},
	{work: "… 8 readers", in: `Company/postgres/inbox`, metric: "answers/s", unit: "/s", floor: "index-answers/s"},

	{work: "search in a million posts, SQLite, a rare word, p50", in: `Company/sqlite/search-rare`, metric: "alone-p50-ms", most: true, aim: 2, unit: " ms"},
	{work: "… a word in every hundredth", in: `Company/sqlite/search-mid`, metric: "alone-p50-ms", most: true, aim: 2, unit: " ms"},
	{work: "… a word in every third", in: `Company/sqlite/search-common`, metric: "alone-p50-ms", most: true, aim: 2, unit: " ms"},
	{work: "… 8 readers, a word in every third", in: `Company/sqlite/search-common`, metric: "answers/s", unit: "/s", floor: "index-answers/s"},
	{work: "search in a million posts, PostgreSQL, a rare word, p50", in: `Company/postgres/search-rare`, metric: "alone-p50-ms", most: true, aim: 2, unit: " ms"},
	{work: "… a word in every hundredth", in: `Company/postgres/search-mid`, metric: "alone-p50-ms", most: true, aim: 2, unit: " ms"},
	{work: "… a word in every third", in: `Company/postgres/search-common`, metric: "alone-p50-ms", most: true, aim: 2, unit: " ms"},
	{work: "… 8 readers, a word in every third", in: `Company/postgres/search-common`, metric: "answers/s", unit: "/s", floor: "index-answers/s"},

	{work: "plan a delivery, all rules of the schedule", in: `Reach/.*`, metric: "ns/op", most: true, aim: 200, unit: " ns"},
	{work: "… allocations", in: `Reach/.*`, metric: "allocs/op", most: true, aim: 0.5, unit: ""},

	{work: "nine o'clock: digests of 20 things, SQLite", in: `Storm/sqlite`, metric: "digests/s", aim: 16_667, unit: "/s", floor: "rows-digests/s"},
	{work: "… p99 of others meanwhile", in: `Storm/sqlite`, metric: "p99-ms", most: true, aim: 50, unit: " ms"},
	{work: "… memory", in: `Storm/sqlite`, metric: "rss-MiB", most: true, aim: 300, unit: " MiB"},
	{work: "nine o'clock, PostgreSQL", in: `Storm/postgres`, metric: "digests/s", aim: 16_667, unit: "/s", floor: "rows-digests/s"},
	{work: "… p99 of others meanwhile", in: `Storm/postgres`, metric: "p99-ms", most: true, aim: 50, unit: " ms"},

	{work: "import of Slack messages until searchable, SQLite", in: `Import/sqlite`, metric: "messages/s", aim: 33_333, unit: "/s", floor: "rows-messages/s"},
	{work: "… PostgreSQL", in: `Import/postgres`, metric: "messages/s", aim: 33_333, unit: "/s", floor: "rows-messages/s"},

	{work: "start to first answer, empty", in: `Start/again`, metric: "p50-ms", most: true, aim: 60, unit: " ms"},
	{work: "… with posts", in: `Start/posts`, metric: "p50-ms", most: true, aim: 80, unit: " ms"},
	{work: "idle memory", in: `Start/posts`, metric: "idle-MiB", most: true, aim: 40, unit: " MiB"},
	{work: "… for each idle live connection", in: `IdleStream`, metric: "B/stream", most: true, aim: 8, unit: " KiB", floor: "bare-B/stream", scale: 1.0 / 1024},

	{work: "a working day, SQLite: post, p99", in: `Company/sqlite/day`, metric: "post-p99-ms", most: true, aim: 100, unit: " ms"},
	{work: "… read, p99", in: `Company/sqlite/day`, metric: "read-p99-ms", most: true, aim: 100, unit: " ms"},
	{work: "… search, p99", in: `Company/sqlite/day`, metric: "search-p99-ms", most: true, aim: 100, unit: " ms"},
	{work: "… inbox, p99", in: `Company/sqlite/day`, metric: "inbox-p99-ms", most: true, aim: 100, unit: " ms"},
	{work: "… memory at its end, of that at its start", in: `Company/sqlite/day`, metric: "memory-ratio", most: true, aim: 1.1, unit: " ×"},
	{work: "a working day, PostgreSQL: post, p99", in: `Company/postgres/day`, metric: "post-p99-ms", most: true, aim: 100, unit: " ms"},
	{work: "… inbox, p99", in: `Company/postgres/day`, metric: "inbox-p99-ms", most: true, aim: 100, unit: " ms"},

	{work: "backup beside 200 posts/s", in: `Backup`, metric: "backup-MB/s", aim: 333, unit: " MB/s", floor: "copy-MB/s"},
	{work: "… p99 of the posts meanwhile", in: `Backup`, metric: "post-p99-ms", most: true, aim: 20, unit: " ms"},
	{work: "restore, every row checked", in: `Backup`, metric: "restore-MB/s", aim: 333, unit: " MB/s", floor: "copy-MB/s"},
}
