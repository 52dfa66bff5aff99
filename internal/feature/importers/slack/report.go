package slack

import (
	"slices"
	"sort"
	"time"
)

// Report says what an export would bring in, and what is left out or missing and why.
// Its JSON form is stable.
type Report struct {
	Archive     string       `json:"archive"`
	Team        string       `json:"team,omitempty"`
	From        *time.Time   `json:"from,omitempty"` // the first message
	To          *time.Time   `json:"to,omitempty"`   // the last message
	People      int          `json:"people"`         // everybody, guests and bots too
	Guests      int          `json:"guests"`
	Bots        int          `json:"bots"`
	Deactivated int          `json:"deactivated"`
	Channels    ChannelCount `json:"channels"`
	Threads     int          `json:"threads"`
	Messages    int          `json:"messages"` // replies too
	Replies     int          `json:"replies"`
	Reactions   int          `json:"reactions"`
	Pinned      int          `json:"pinned"`
	Files       FileCount    `json:"files"`
	LeftOut     []Reason     `json:"left_out"` // in the export, and does not come in
	Missing     []Reason     `json:"missing"`  // not in the export
}

// ChannelCount counts channels by who may see them.
type ChannelCount struct {
	Public   int `json:"public"`
	Private  int `json:"private"`
	GroupDM  int `json:"group_dm"`
	DM       int `json:"dm"`
	Archived int `json:"archived"` // of all of these
}

// FileCount counts attached files by where their bytes are.
type FileCount struct {
	Included      int   `json:"included"`
	IncludedBytes int64 `json:"included_bytes"`
	Linked        int   `json:"linked"`
	External      int   `json:"external"`
	Gone          int   `json:"gone"`
}

// Reason is one cause for which something does not come in.
type Reason struct {
	Code     string   `json:"code"`
	Sentence string   `json:"sentence"`
	Count    int      `json:"count"`
	Examples []string `json:"examples,omitempty" nullable:"false"`
}

const (
	reasonJoins      = "joins_and_leaves"
	reasonSettings   = "channel_notices"
	reasonPins       = "pin_notices"
	reasonCalls      = "call_notices"
	reasonDeleted    = "deleted_messages"
	reasonTwice      = "repeated_messages"
	reasonLimit      = "hidden_by_limit"
	reasonNoMessage  = "not_messages"
	reasonEmpty      = "empty_messages"
	reasonNoTime     = "messages_without_time"
	reasonUnlisted   = "folders_without_channel"
	reasonCanvases   = "canvases"
	reasonOdd        = "odd_fields"
	reasonUnknown    = "unknown_subtypes"
	reasonNoEmail    = "people_without_email"
	reasonSameEmail  = "people_sharing_email"
	reasonNoZone     = "people_without_zone"
	reasonNoUsers    = "no_people_list"
	reasonStrangers  = "authors_not_listed"
	reasonNoGroups   = "no_private_channels"
	reasonNoDMs      = "no_direct_messages"
	reasonFiles      = "files_not_included"
	reasonFilesGone  = "files_deleted"
	reasonRoots      = "first_messages_missing"
	reasonNoMessages = "channels_without_messages"
	reasonNever      = "never_exported"
)

// sentences are in the order in which a person should read them.
var sentences = []struct {
	code, sentence string
	missing        bool
}{
	{reasonJoins, "notices that somebody joined or left", false},
	{reasonSettings, "notices about a channel's topic, name or apps; the channel itself has the newest", false},
	{reasonPins, "notices that something was pinned; the pinned message itself is marked", false},
	{reasonCalls, "notices of huddles and calls", false},
	{reasonDeleted, "messages deleted in Slack", false},
	{reasonTwice, "messages that the export holds twice; each comes in once", false},
	{reasonLimit, "messages hidden by the limit of Slack's free plan", true},
	{reasonEmpty, "messages with nothing in them", false},
	{reasonNoMessage, "entries that are not messages", false},
	{reasonNoTime, "messages without a usable time", false},
	{reasonUnlisted, "message files in folders that no channel list names; who may read them is not known", false},
	{reasonCanvases, "canvases", false},
	{reasonOdd, "entries with a field of an unexpected kind; the rest of each comes in", false},
	{reasonUnknown, "messages of a kind not known here; they come in as ordinary messages", false},
	{reasonNoUsers, "users.json is not in the export; people are known from their messages only", true},
	{reasonNoEmail, "people without an e-mail address; each needs an invitation or to be matched by hand", true},
	{reasonSameEmail, "people with the e-mail address of somebody else", true},
	{reasonNoZone, "people without a known time zone; set their hours after the import", true},
	{reasonStrangers, "authors who are not in users.json; they come in under the name in their messages", true},
	{reasonNoGroups, "private channels are not in this export; Slack gives them out only on request", true},
	{reasonNoDMs, "direct messages are not in this export; Slack gives them out only on request", true},
	{reasonFiles, "files whose content is not in the archive; the links work for as long as Slack keeps them", true},
	{reasonFilesGone, "files deleted in Slack or hidden by its limit", true},
	{reasonRoots, "threads whose first message is not in the export; they begin with the first reply", true},
	{reasonNoMessages, "channels without messages in this export", true},
	{reasonNever, "custom emoji, user groups, saved items, reminders and profile pictures are in no Slack export", true},
}

const examplesKept = 5

// tally counts reasons and keeps a few examples of each.
type tally map[string]*Reason

func (t tally) add(code, example string) { t.addMany(code, example, 1) }

func (t tally) addMany(code, example string, n int) {
	if n == 0 {
		return
	}
	r := t[code]
	if r == nil {
		r = &Reason{Code: code}
		t[code] = r
	}
	r.Count += n
	example = printable(example)
	if example != "" && len(r.Examples) < examplesKept && !slices.Contains(r.Examples, example) {
		r.Examples = append(r.Examples, example)
	}
}

// into writes the reasons in their reading order.
func (t tally) into(r *Report) {
	r.LeftOut, r.Missing = []Reason{}, []Reason{}
	for _, s := range sentences {
		found := t[s.code]
		if found == nil {
			continue
		}
		out := *found
		out.Sentence = s.sentence
		if s.missing {
			r.Missing = append(r.Missing, out)
		} else {
			r.LeftOut = append(r.LeftOut, out)
		}
	}
}

// Report says what comes in. It was counted when the archive was opened and costs nothing.
func (a *Archive) Report() Report {
	r := a.report
	r.LeftOut = append([]Reason{}, r.LeftOut...)
	r.Missing = append([]Reason{}, r.Missing...)
	return r
}

// countPeople adds up people and what is missing about them.
func (a *Archive) countPeople(t tally) {
	emails := map[string]string{}
	for _, p := range a.people {
		a.report.People++
		switch {
		case p.Bot:
			a.report.Bots++
			continue
		case p.Guest != Member:
			a.report.Guests++
		}
		if p.Deleted {
			a.report.Deactivated++
		}
		if !p.Listed {
			t.add(reasonStrangers, p.Name)
		}
		if p.Email == "" {
			t.add(reasonNoEmail, p.Name)
		} else if other := emails[p.Email]; other != "" {
			t.add(reasonSameEmail, p.Name+" and "+other)
		} else {
			emails[p.Email] = p.Name
		}
		if p.Zone == "" {
			t.add(reasonNoZone, p.Name)
		}
	}
}

// countChannels adds up channels by kind.
func (a *Archive) countChannels(t tally) {
	for i := range a.channels {
		c := &a.channels[i]
		n := &a.report.Channels
		*map[Kind]*int{Public: &n.Public, Private: &n.Private, GroupDM: &n.GroupDM, DM: &n.DM}[c.Kind]++
		if c.Archived {
			n.Archived++
		}
		a.report.Threads += c.Threads
		a.report.Messages += c.Messages
		if c.Messages == 0 {
			t.add(reasonNoMessages, c.Name)
		}
	}
	if !a.has("groups.json") && a.report.Channels.Private == 0 {
		t.add(reasonNoGroups, "")
	}
	if !a.has("dms.json") && !a.has("mpims.json") && a.report.Channels.DM+a.report.Channels.GroupDM == 0 {
		t.add(reasonNoDMs, "")
	}
	t.add(reasonNever, "")
}

// sortedKeys makes maps give the same order every time.
func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
