package slack

import "strings"

type rawAttachment struct {
	Fallback    string     `json:"fallback"`
	Pretext     string     `json:"pretext"`
	AuthorName  string     `json:"author_name"`
	Title       string     `json:"title"`
	TitleLink   string     `json:"title_link"`
	Text        string     `json:"text"`
	Fields      []rawField `json:"fields"`
	Footer      string     `json:"footer"`
	FromURL     string     `json:"from_url"`
	OriginalURL string     `json:"original_url"`
	IsMsgUnfurl bool       `json:"is_msg_unfurl"`
	IsShare     bool       `json:"is_share"`
	ImageURL    string     `json:"image_url"`
	Blocks      []rawBlock `json:"blocks"`
}

type rawField struct {
	Title string `json:"title"`
	Value string `json:"value"`
}

// preview says that an attachment only shows what a link in the text leads to.
func (t *rawAttachment) preview() bool {
	return !t.IsShare && (t.FromURL != "" || t.OriginalURL != "" || t.IsMsgUnfurl)
}

// attachments adds what apps attached and what was shared from elsewhere. The preview of
// a link is left out where the text has the link.
func (w *writer) attachments(list []rawAttachment) {
	hasText := !w.empty()
	for i := range list {
		t := &list[i]
		switch {
		case t.preview() && hasText:
		case t.IsShare || t.IsMsgUnfurl:
			w.shared(t)
		default:
			w.attachment(t)
		}
	}
}

// shared quotes a message that somebody passed on.
func (w *writer) shared(t *rawAttachment) {
	inner := &writer{a: w.a, mentions: w.mentions}
	if name := firstOf(t.AuthorName); name != "" {
		inner.paragraph("**" + literal(name, false) + ":**")
	}
	inner.mrkdwn(t.Text)
	if !visible(t.Text) {
		inner.blocks(t.Blocks)
	}
	if link := firstOf(t.FromURL, t.OriginalURL); webLink(link) != "" {
		inner.picture("in Slack", link)
	}
	w.mentions = inner.mentions
	w.blank()
	for _, l := range inner.lines {
		l.quote = true
		w.lines = append(w.lines, l)
	}
}

// attachment adds title, text and fields, or else the fallback.
func (w *writer) attachment(t *rawAttachment) {
	before := len(w.lines)
	w.mrkdwn(t.Pretext)
	w.bold(t.AuthorName)
	if title := firstOf(unescapeOnce.Replace(t.Title)); title != "" {
		if webLink(t.TitleLink) != "" {
			w.picture(title, t.TitleLink)
		} else {
			w.bold(title)
		}
	}
	w.mrkdwn(t.Text)
	for _, f := range t.Fields {
		w.field(f)
	}
	if !visible(t.Text) {
		w.blocks(t.Blocks)
	}
	w.picture("image", t.ImageURL)
	if len(w.lines) == before {
		w.mrkdwn(t.Fallback)
	}
}

func (w *writer) field(f rawField) {
	title := firstOf(unescapeOnce.Replace(f.Title))
	if title == "" || strings.Contains(f.Value, "\n") {
		w.bold(title)
		w.mrkdwn(f.Value)
		return
	}
	w.paragraph("**" + literal(title, false) + ":** " + w.inline(clean(f.Value)))
}
