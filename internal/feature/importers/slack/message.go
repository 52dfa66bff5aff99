package slack

import (
	"regexp"
	"strings"
)

// whole joins what a message has in its two halves and unwraps the record of an edit.
func (m *rawMessage) whole() *rawMessage {
	m = m.unwrap()
	m.rawHead.Attachments = len(m.Attachments) > 0
	m.rawHead.Blocks = len(m.Blocks) > 0 || len(m.later) > 2
	return m
}

// message turns what Slack wrote into what Meantime reads.
func (a *Archive) message(m *rawMessage, v verdict, channel string) Message {
	author, bot := a.author(&m.rawHead)
	if bot != nil && bot.Name == "" {
		bot.Name, _ = a.called(author)
	}
	out := Message{
		Key: keyOf(v.ts), Author: author, At: m.TS.time(), Kind: kindOf(m, v), Bot: bot,
		Reactions: a.reactions(m.Reactions), Pinned: a.pinned(channel, v.ts, &m.rawHead),
	}
	if m.Edited != nil {
		out.Edited = m.Edited.TS.time()
	}
	for _, raw := range m.allFiles() {
		out.Files = append(out.Files, a.file(&raw))
	}
	out.Markdown, out.Mentions = a.body(m, len(out.Files) > 0)
	return out
}

func kindOf(m *rawMessage, v verdict) MessageKind {
	switch {
	case v.fate == noticeOnly:
		return Notice
	case m.Subtype == "thread_broadcast":
		return Broadcast
	case m.Subtype == "me_message":
		return Action
	}
	return Plain
}

func (a *Archive) pinned(channel string, ts int64, h *rawHead) bool {
	if a.pins[channel][keyOf(ts)] {
		return true
	}
	for _, to := range h.PinnedTo {
		if to == channel {
			return true
		}
	}
	return false
}

func (a *Archive) reactions(raw []rawReact) []Reaction {
	var out []Reaction
	for _, r := range raw {
		name, _, _ := strings.Cut(clean(r.Name), "::")
		if name == "" {
			continue
		}
		out = append(out, Reaction{Name: name, Emoji: emoji(r.Name), People: once(r.Users)})
	}
	return out
}

func once(keys []string) []string {
	seen := make(map[string]bool, len(keys))
	var out []string
	for _, k := range keys {
		if k != "" && !seen[k] {
			seen[k] = true
			out = append(out, k)
		}
	}
	return out
}

func (a *Archive) file(r *rawFile) File {
	f := File{
		Key: r.ID, Name: bareName(firstOf(r.Name, r.Title, r.ID, "file")), Title: firstOf(r.Title, r.Name), Mime: r.Mimetype,
		Size: max(r.Size, 0), Mode: Linked, External: r.IsExternal || r.Mode == "external",
		Link: webLink(firstOf(r.Permalink, r.URLPrivate)), Download: webLink(firstOf(r.URLPrivateDownload, r.URLPrivate)),
		Preview: clean(r.Preview),
	}
	if f.Link == f.Download {
		f.Link = withoutToken(f.Link)
	}
	if e, ok := a.src.find(a.uploads[r.ID]); ok && r.ID != "" {
		f.Mode, f.Path, f.Size, f.Preview = Included, e.name, e.size, ""
	} else if r.Mode == "tombstone" || r.Mode == "hidden_by_limit" || r.FileAccess == "file_not_found" {
		f.Mode = Gone
	}
	return f
}

// bareName keeps the last part of a name, whichever way its slashes lean.
func bareName(name string) string {
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if name = strings.Trim(name, ". "); name == "" {
		return "file"
	}
	return name
}

func webLink(link string) string {
	if strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://") {
		return link
	}
	return ""
}

// withoutToken drops the token with which an export lets its owner fetch files.
func withoutToken(link string) string {
	bare, query, ok := strings.Cut(link, "?")
	if ok && strings.Contains(query, "t=xox") {
		return bare
	}
	return link
}

// body gives the text of a message in Markdown: what was typed, or else its blocks, and
// what was attached to it.
func (a *Archive) body(m *rawMessage, hasFiles bool) (string, []string) {
	text := m.Text
	if m.Comment != nil && visible(m.Comment.Comment) {
		text = m.Comment.Comment
	} else if m.Subtype == "file_share" && m.File != nil {
		text = uploadComment(m)
	}
	w := &writer{a: a}
	w.mrkdwn(text)
	if w.empty() {
		w.blocks(m.blocks())
	}
	w.attachments(m.Attachments)
	if w.empty() && !hasFiles {
		w.paragraph(noText)
	}
	return w.done()
}

// noText stands where Slack showed something that has no words.
const noText = "*(a message without text)*"

var uploadNotice = regexp.MustCompile(`(?s)^<@\w+(?:\|[^>]*)?> (?:uploaded|shared) a file: <[^>]*>(?: and commented: (.*))?$`)

// uploadComment keeps of "<@U1> uploaded a file: <…> and commented: …" what somebody wrote.
func uploadComment(m *rawMessage) string {
	if c := m.File.InitialComment; c != nil && visible(c.Comment) {
		return c.Comment
	}
	if found := uploadNotice.FindStringSubmatch(m.Text); found != nil {
		return found[1]
	}
	return m.Text
}

// markdown converts one text of Slack's.
func (a *Archive) markdown(text string) (string, []string) {
	w := &writer{a: a}
	w.mrkdwn(text)
	return w.done()
}
