package slack

import (
	"encoding/json"
	"strconv"
	"strings"
)

// rawBlock is a block of a message, or one of the elements inside.
type rawBlock struct {
	Type      string          `json:"type"`
	Text      blockText       `json:"text"`
	Elements  []rawBlock      `json:"elements"`
	Fields    []blockText     `json:"fields"`
	Title     blockText       `json:"title"`
	Style     json.RawMessage `json:"style"`
	Indent    int             `json:"indent"`
	Offset    int             `json:"offset"`
	URL       string          `json:"url"`
	ImageURL  string          `json:"image_url"`
	AltText   string          `json:"alt_text"`
	UserID    string          `json:"user_id"`
	ChannelID string          `json:"channel_id"`
	Name      string          `json:"name"`
	Unicode   string          `json:"unicode"`
	Range     string          `json:"range"`
	Timestamp stamp           `json:"timestamp"`
	Fallback  string          `json:"fallback"`
	Value     string          `json:"value"`
}

// blockText is a text that Slack writes as a string or as {type, text}.
type blockText struct {
	Plain bool
	Text  string
}

// UnmarshalJSON never fails; what is no text is empty.
func (t *blockText) UnmarshalJSON(b []byte) error {
	var whole struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	t.Plain = true
	if json.Unmarshal(b, &t.Text) != nil && json.Unmarshal(b, &whole) == nil {
		t.Plain, t.Text = whole.Type == "plain_text", whole.Text
	}
	return nil
}

// blocks adds what Slack's blocks say. Buttons and other things to press are left out.
func (w *writer) blocks(blocks []rawBlock) {
	for i := range blocks {
		b := &blocks[i]
		switch b.Type {
		case "rich_text":
			w.blank()
			for j := range b.Elements {
				w.rich(&b.Elements[j])
			}
		case "header":
			w.bold(b.Text.Text)
		case "section":
			w.blockText(b.Text)
			for _, f := range b.Fields {
				w.blockText(f)
			}
		case "context":
			for _, e := range b.Elements {
				if e.Type != "image" {
					w.blockText(blockText{Plain: e.Type == "plain_text", Text: e.Text.Text})
				}
			}
		case "markdown":
			w.mrkdwn(b.Text.Text)
		case "image", "video":
			w.picture(firstOf(b.Title.Text, b.AltText, "image"), firstOf(b.ImageURL, b.URL))
		}
	}
}

func (w *writer) bold(text string) {
	if text = firstOf(text); text != "" {
		w.paragraph("**" + guard(literal(withEmoji(text), false)) + "**")
	}
}

func (w *writer) blockText(t blockText) {
	if !t.Plain {
		w.mrkdwn(t.Text)
		return
	}
	if !visible(t.Text) {
		return
	}
	w.blank()
	for l := range strings.SplitSeq(clean(t.Text), "\n") {
		w.plain(false, literal(withEmoji(l), false))
	}
}

// picture links to an image rather than showing it, so that reading asks nobody else.
func (w *writer) picture(name, link string) {
	if link = webLink(link); link != "" {
		out, _ := linkMarkdown(link, name)
		w.paragraph(out)
	}
}

// rich adds one element of a rich text.
func (w *writer) rich(e *rawBlock) {
	switch e.Type {
	case "rich_text_preformatted":
		w.code(false, w.raw(e.Elements))
	case "rich_text_list":
		marker := "-"
		var style string
		ordered := json.Unmarshal(e.Style, &style) == nil && style == "ordered"
		for i := range e.Elements {
			if ordered {
				marker = strconv.Itoa(max(e.Offset, 0)%1_000_000+i+1) + "."
			}
			w.item(false, e.Indent, marker, strings.ReplaceAll(w.runs(e.Elements[i].Elements), "\n", " "))
		}
	case "rich_text_quote", "rich_text_section":
		text := strings.Trim(w.runs(e.Elements), "\n")
		for l := range strings.SplitSeq(text, "\n") {
			w.plain(e.Type == "rich_text_quote", l)
		}
	}
}

// raw is the plain text of code.
func (w *writer) raw(elements []rawBlock) string {
	var b strings.Builder
	for _, e := range elements {
		b.WriteString(firstNotEmpty(clean(e.Text.Text), e.URL))
	}
	return b.String()
}

func firstNotEmpty(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

type runStyle struct {
	Bold   bool `json:"bold"`
	Italic bool `json:"italic"`
	Strike bool `json:"strike"`
	Code   bool `json:"code"`
}

// runs converts the inline elements of a section, joining neighbours of one style.
func (w *writer) runs(elements []rawBlock) string {
	var b strings.Builder
	for i := 0; i < len(elements); i++ {
		e := elements[i]
		style := styleOf(&e)
		for e.Type == "text" && i+1 < len(elements) && elements[i+1].Type == "text" && styleOf(&elements[i+1]) == style {
			i++
			e.Text.Text += elements[i].Text.Text
		}
		before := len(e.Text.Text) > 0 && e.Type == "text" && i+1 < len(elements) && elements[i+1].Type == "link"
		b.WriteString(w.run(&e, style, before))
	}
	return b.String()
}

func styleOf(e *rawBlock) (s runStyle) {
	if len(e.Style) > 0 {
		_ = json.Unmarshal(e.Style, &s) // an unknown style is no style
	}
	return s
}

func (w *writer) run(e *rawBlock, style runStyle, beforeLink bool) string {
	switch e.Type {
	case "text":
		return w.styled(clean(e.Text.Text), style, beforeLink)
	case "link":
		out, _ := linkMarkdown(e.URL, firstNotEmpty(clean(e.Text.Text), e.URL))
		return wrap(out, style)
	case "user":
		return wrap(w.mention(e.UserID, ""), style)
	case "channel":
		return w.channelName(e.ChannelID, "")
	case "usergroup":
		return "@a group"
	case "broadcast":
		return "@" + literal(firstOf(e.Range), false)
	case "emoji":
		return richEmoji(e)
	case "date":
		return dateMarkdown(string(e.Timestamp), e.Fallback)
	case "color":
		return literal(e.Value, false)
	}
	return literal(clean(e.Text.Text), false)
}

// styled wraps each line by itself, the spaces at its ends outside the marks.
func (w *writer) styled(text string, style runStyle, beforeLink bool) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		core := strings.TrimSpace(l)
		if core == "" {
			continue
		}
		at := strings.Index(l, core)
		inner := literal(core, beforeLink && i == len(lines)-1)
		if style.Code {
			inner = codeMarkdown(core)
		}
		lines[i] = l[:at] + wrap(inner, style) + l[at+len(core):]
	}
	return strings.Join(lines, "\n")
}

// wrap uses "*" for italics, which unlike "_" also works inside a word.
func wrap(s string, style runStyle) string {
	if style.Italic {
		s = "*" + s + "*"
	}
	if style.Bold {
		s = "**" + s + "**"
	}
	if style.Strike {
		s = "~~" + s + "~~"
	}
	return s
}

// richEmoji reads the code points that Slack writes beside the name, "1f44d-1f3fd".
func richEmoji(e *rawBlock) string {
	var b strings.Builder
	for part := range strings.SplitSeq(e.Unicode, "-") {
		point, err := strconv.ParseUint(part, 16, 21)
		if err != nil || point < 0x20 || point > 0x10ffff {
			return literal(emoji(e.Name), false)
		}
		b.WriteRune(rune(point))
	}
	return literal(b.String(), false)
}
