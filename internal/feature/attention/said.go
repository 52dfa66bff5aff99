package attention

import (
	"strings"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/worktime"
)

// saidOfAsk is all that a line about an ask tells of: to whom it asks, why it is urgent
// and the post that it stands on; to whoever asked, the answer.
func (v seen) saidOfAsk(kind Kind, a *asks.Ask, who id.ID) []Said {
	switch {
	case kind.owes():
		return append(urgent(a), v.saidIn(a.PostID, "")...)
	case kind != Answered:
		return nil
	}
	o := a.Of(who)
	if o == nil {
		return nil
	}
	words := v.saidIn(o.AnswerPost, "")
	if said := strings.TrimSpace(o.AnswerValue + "\n\n" + o.AnswerNote); said != "" {
		return append([]Said{{Markdown: said}}, words...)
	}
	return words
}

// urgent says why something cannot wait.
func urgent(a *asks.Ask) (out []Said) {
	if a.Urgency != worktime.Urgent {
		return nil
	}
	if a.Reason != "" {
		out = append(out, Said{Who: "Why it is urgent", Markdown: a.Reason})
	}
	if a.Otherwise != "" {
		out = append(out, Said{Who: "If nobody acts", Markdown: a.Otherwise})
	}
	return out
}

// saidIn is a post that the reader may read and that was not deleted.
func (v seen) saidIn(post id.ID, who string) []Said {
	p, ok := v.posts[post]
	if !ok || p.Deleted() {
		return nil
	}
	return []Said{{Who: who, Markdown: p.Markdown, HTML: p.HTML, Post: p.ID}}
}
