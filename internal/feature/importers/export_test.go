package importers_test

import (
	"fmt"
	"maps"
	"strings"
)

// company is an export with everything in it: people of all kinds, channels of all
// kinds, a thread, an edit, reactions, files and pins.
func company() map[string]string {
	return map[string]string{
		"users.json": `[
			{"id":"U1","team_id":"T1","name":"ana","real_name":"Ana Lima","tz":"Europe/Lisbon","is_admin":true,"is_owner":true,"profile":{"email":"ana@example.org","title":"Designer"}},
			{"id":"U2","team_id":"T1","name":"kofi","real_name":"Kofi M.","tz":"Africa/Accra","profile":{"email":"Kofi@example.org"}},
			{"id":"U3","team_id":"T1","name":"mei","real_name":"Mei Tan","tz":"Asia/Singapore","is_restricted":true,"profile":{"email":"mei@example.org"}},
			{"id":"U4","team_id":"T1","name":"old","real_name":"Old Hand","deleted":true,"profile":{}},
			{"id":"U5","team_id":"T1","name":"robot","real_name":"Robot","is_bot":true,"profile":{"bot_id":"B5"}}]`,
		"channels.json": `[
			{"id":"C1","name":"general","creator":"U1","is_general":true,"members":["U1","U2","U3","U4"],"created":1700000000,"topic":{"value":"Say hi to <@U2>"},"purpose":{"value":"Everything"},"pins":[{"id":"1700000001.000000"}]},
			{"id":"C2","name":"attic","creator":"U1","is_archived":true,"members":[],"created":1700000000}]`,
		"groups.json": `[{"id":"G1","name":"board","creator":"U1","members":["U1","U2"],"created":1700000000}]`,
		"dms.json":    `[{"id":"D1","members":["U1","U3"],"created":1700000000}]`,
		"general/2023-11-14.json": list(
			said("U1", 1, "Shall we move? <@U2> <@U4>", `,"reactions":[{"name":"thumbsup","users":["U2","U3"],"count":2}]`),
			said("U2", 2, "Yes", `,"thread_ts":"1700000001.000000"`),
			said("U3", 3, "Plan attached", `,"files":[{"id":"F1","name":"plan.txt","mimetype":"text/plain","size":4,"url_private":"https://files.slack.example/F1?t=xoxe-1"},{"id":"F2","name":"photo.png","mimetype":"image/png","size":9,"permalink":"https://acme.slack.example/files/F2","url_private_download":"https://files.slack.example/F2?t=xoxe-2"}]`),
			`{"type":"message","subtype":"channel_join","user":"U3","ts":"1700000000.500000","text":"<@U3> has joined the channel"}`),
		"__uploads/F1/plan.txt": "plan",
		"attic/2023-11-14.json": list(said("U4", 4, "Old times", "")),
		"board/2023-11-14.json": list(said("U1", 5, "Numbers", "")),
		"D1/2023-11-14.json":    list(said("U3", 6, "Hello, Ana", "")),
	}
}

// later is the same company a day after: somebody new, an edit, a reaction, a reply
// in the old thread, a new thread, a pin, and the board has a third member.
func later() map[string]string {
	out := maps.Clone(company())
	out["users.json"] = strings.Replace(out["users.json"], `[`, `[{"id":"U9","team_id":"T1","name":"new","real_name":"New Bee","profile":{}},`, 1)
	out["general/2023-11-14.json"] = strings.Replace(strings.Replace(out["general/2023-11-14.json"],
		`"text":"Yes"`, `"edited":{"user":"U2","ts":"1700050000.000000"},"text":"Yes, on Monday"`, 1),
		`"users":["U2","U3"]`, `"users":["U2","U3","U9"]`, 1)
	out["general/2023-11-15.json"] = list(
		said("U9", 90_000, "I am here", ""),
		said("U3", 90_001, "So be it", `,"thread_ts":"1700000001.000000"`))
	out["channels.json"] = strings.Replace(out["channels.json"], `"pins":[`, `"pins":[{"id":"1700090000.000000"},`, 1)
	out["groups.json"] = strings.Replace(out["groups.json"], `["U1","U2"]`, `["U1","U2","U9"]`, 1)
	return out
}

func list(messages ...string) string { return "[" + strings.Join(messages, ",\n") + "]" }

// said is a plain message; more is further JSON fields.
func said(who string, sec int, text, more string) string {
	return fmt.Sprintf(`{"type":"message","user":%q,"ts":"%d.000000","text":%q%s}`, who, 1_700_000_000+sec, text, more)
}

// many is an export of a channel with n threads of three messages, and one thread
// with a long tail.
func many(n, tail int) map[string]string {
	var messages []string
	for i := range n {
		root := fmt.Sprintf(`,"thread_ts":"%d.000000"`, 1_700_000_000+i*10)
		messages = append(messages, said("U1", i*10, fmt.Sprintf("Question %d", i), root),
			said("U2", i*10+1, "One answer <@U1>", root), said("U1", i*10+2, "Thanks", root))
	}
	for i := range tail {
		messages = append(messages, said("U2", n*10+1+i, fmt.Sprintf("tail %d", i), `,"thread_ts":"1700000000.000000"`))
	}
	out := company()
	out["general/2023-11-14.json"] = list(messages...)
	out["attic/2023-11-14.json"] = list(said("U4", 4, "Old times", ""), said("U4", 5, "Older times", ""))
	return out
}
