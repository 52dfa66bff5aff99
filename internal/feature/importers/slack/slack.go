// Package slack reads an export of a Slack workspace, as a zip file or as a folder,
// and gives its people, channels and threads in Meantime's own words. It writes
// nothing anywhere: not to a database, and never a file to disk.
//
// Open reads every message once, so that an export which is damaged anywhere is
// refused before anything comes in. Threads then reads each channel again, a bounded
// batch at a time, so that an export of any size needs little memory.
package slack

import "time"

// Person is somebody who is in the export: a member, a guest, a bot, or an author
// whom only the messages know.
type Person struct {
	Key         string // Slack's id, "U024BE7LH"; for bots without an account "B…" or "bot:name"
	Handle      string // the old user name, "ana"
	Name        string // the full name, never empty
	DisplayName string // what colleagues call them; may be empty
	Email       string // often missing from exports; lower case
	Zone        string // an IANA zone this machine knows, or empty
	Title       string
	Team        string // the Slack workspace that the account belongs to
	Deleted     bool   // deactivated in Slack
	Bot         bool
	Guest       Guest
	Admin       bool
	Owner       bool
	Listed      bool // false when only messages mention the person
}

// Guest says whether a person is a guest, and of how many channels.
type Guest string

// The kinds of guest. A member is the empty one.
const (
	Member       Guest = ""
	SingleGuest  Guest = "single" // sees one channel
	SeveralGuest Guest = "multi"  // sees the channels they were invited to
)

// Kind is who may see a channel.
type Kind string

// The kinds of channel, from the most open to the most closed.
const (
	Public  Kind = "public"
	Private Kind = "private"
	GroupDM Kind = "group_dm"
	DM      Kind = "dm"
)

// Channel is one conversation of the export, with messages or without.
type Channel struct {
	Key      string // Slack's id, "C024BE91L"
	Name     string // without "#"; for direct messages the names of its people
	Kind     Kind
	Creator  string   // person key
	Members  []string // person keys; an archived channel has none in the export
	Topic    string   // Markdown
	Purpose  string   // Markdown
	General  bool     // the channel that everybody is in
	Archived bool
	Created  time.Time // zero when the export does not say
	Pins     []string  // message keys
	Days     []string  // the files that hold its messages, in order
	Messages int       // how many messages come in
	Threads  int       // how many threads they make
}

// Thread is a message with its replies, in order of time. A message that nobody
// replied to is a thread of its own.
type Thread struct {
	Key         string // the time stamp of the root: stable from export to export
	Channel     string // channel key
	Title       string // from the first line, at most 80 characters, never empty
	Root        Message
	Replies     []Message
	RootMissing bool // the first message is not in the export; Root is the first reply
	Part        int  // a very long thread comes in parts 0, 1, 2 …, each with the root
}

// MessageKind says what sort of message it is.
type MessageKind string

// The kinds of message that come in.
const (
	Plain     MessageKind = "message"
	Broadcast MessageKind = "broadcast" // a reply that was also shown in the channel
	Action    MessageKind = "me"        // "/me waves"
	Notice    MessageKind = "notice"    // written by Slack; comes in only as the root of a thread
)

// Message is one contribution, its text in Markdown. People are mentioned as
// @[Name](slack:U024BE7LH), which the writer replaces.
type Message struct {
	Key       string    // Slack's time stamp, unique within its channel
	Author    string    // person key, always one of People
	At        time.Time // UTC
	Markdown  string
	Mentions  []string  // person keys, each once, in order
	Edited    time.Time // zero when never edited
	Reactions []Reaction
	Files     []File
	Pinned    bool
	Bot       *BotName // set when a bot wrote it
	Kind      MessageKind
}

// Reaction is one emoji under a message.
type Reaction struct {
	Name   string   // "thumbsup", without the skin tone
	Emoji  string   // the character, or ":name:" for an emoji of the workspace's own
	People []string // person keys, each once
}

// BotName is the name that a bot wrote under, which may differ from message to message.
type BotName struct {
	ID   string
	Name string
}

// FileMode says where the bytes of a file are.
type FileMode string

// The places of a file's bytes.
const (
	Included FileMode = "included" // in the archive: read it with OpenFile
	Linked   FileMode = "linked"   // on Slack's servers, or elsewhere when External
	Gone     FileMode = "gone"     // deleted, or hidden by the limit of a free plan
)

// File is something attached to a message.
type File struct {
	Key      string // Slack's id, "F024BERPE"
	Name     string // a bare name, safe to show; never a path
	Title    string
	Mime     string
	Size     int64 // bytes, as Slack says; of an included file, as the archive says
	Mode     FileMode
	External bool
	Link     string // a page that shows the file to whoever may see it
	Download string // where Slack gives out the bytes. It carries a token: never show or log it
	Preview  string // the first lines of a snippet, when its bytes are not included
	Path     string // the entry in the archive, when included
}

// ExternalKey names a thing of the export for good: workspace, channel and message.
// A part that the export does not know is written "-".
func ExternalKey(team, channel, key string) string {
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	return dash(team) + "/" + dash(channel) + "/" + dash(key)
}
