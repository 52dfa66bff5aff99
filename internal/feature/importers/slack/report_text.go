package slack

import (
	"fmt"
	"strings"
)

// String says the report in plain text, for a terminal.
func (r Report) String() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("What comes in from %s", r.Archive)
	if r.From != nil && r.To != nil {
		say("  Messages from %s to %s (UTC)", r.From.Format("2 Jan 2006"), r.To.Format("2 Jan 2006"))
	}
	say("  %8d people (%d guests, %d bots, %d deactivated)", r.People, r.Guests, r.Bots, r.Deactivated)
	c := r.Channels
	say("  %8d channels (%d public, %d private, %d group messages, %d direct messages; %d archived)",
		c.Public+c.Private+c.GroupDM+c.DM, c.Public, c.Private, c.GroupDM, c.DM, c.Archived)
	say("  %8d threads", r.Threads)
	say("  %8d messages (%d of them replies, %d pinned)", r.Messages, r.Replies, r.Pinned)
	say("  %8d reactions", r.Reactions)
	say("  %8d files included, %d as links, %d elsewhere, %d gone", r.Files.Included, r.Files.Linked, r.Files.External, r.Files.Gone)
	reasons(say, "In the export, and left out or changed:", r.LeftOut)
	reasons(say, "Not in the export:", r.Missing)
	return b.String()
}

func reasons(say func(string, ...any), title string, list []Reason) {
	if len(list) == 0 {
		return
	}
	say("")
	say("%s", title)
	for _, reason := range list {
		if statement(reason.Code) {
			say("         - %s", reason.Sentence)
			continue
		}
		say("  %8d %s", reason.Count, reason.Sentence)
		if len(reason.Examples) > 0 {
			say("           such as %s", strings.Join(reason.Examples, "; "))
		}
	}
}

// statement says that a reason is a fact about the export rather than a count.
func statement(code string) bool {
	switch code {
	case reasonNoUsers, reasonNoGroups, reasonNoDMs, reasonNever:
		return true
	}
	return false
}
