package attention

import (
	"fmt"

	"example.org/meantime/internal/core/asks"
	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// expects says what an asker does, by the kind of ask.
var expects = map[asks.Kind]string{
	asks.Reply: "asks you to reply", asks.Review: "asks you to review", asks.Approve: "asks for your approval",
	asks.Decide: "asks you to decide", asks.Do: "asks you to do this", asks.Acknowledge: "asks you to acknowledge",
	asks.CheckIn: "asks you to check in",
}

// subject is what an ask is about, in a line.
func subject(a *asks.Ask, t spaces.Thread) string {
	if a.Text != "" {
		return a.Text
	}
	return t.Title
}

// aboutAsk is one line about an ask, and the words that came with it.
func (v seen) aboutAsk(kind Kind, a *asks.Ask, who id.ID, t spaces.Thread) (title, excerpt string) {
	if kind.owes() {
		return v.toAddressee(kind, a) + ": " + subject(a, t), v.excerptOf(a)
	}
	happened, words := v.happened(kind, a, who)
	return happened + ": " + subject(a, t), words
}

func (v seen) toAddressee(kind Kind, a *asks.Ask) string {
	asker := v.who[a.AskerID].Name
	switch kind {
	case Reminded:
		return asker + " reminds you"
	case DueSoon:
		return "Due soon"
	case Late:
		return "Late"
	}
	return asker + " " + expects[a.Kind]
}

// happened says what became of an ask, to whoever asked it.
func (v seen) happened(kind Kind, a *asks.Ask, who id.ID) (what, words string) {
	name := v.who[who].Name
	var o asks.Owed
	if row := a.Of(who); row != nil {
		o = *row
	}
	switch kind {
	case LateFor:
		return name + " is late", "You can remind or release them, give more time, or ask somebody else."
	case Answered:
		return name + " answered", v.answer(o)
	case Declined:
		return name + " declined", o.Reason
	case Acknowledged:
		return name + " will see to it", ""
	case Passed:
		return name + " passed it on to " + v.who[o.PassedTo].Name, o.Reason
	case Away, DueMoved:
		if x, ok := v.awayOf(a.ID, who); ok {
			return v.isAway(who, x)
		}
		if kind == Away {
			return name + " was away", ""
		}
		return "The due of " + name + " moved", ""
	case Lapsed:
		return "Nobody answered in time", a.Note
	}
	return "Settled", tally(a)
}

// answer is the beginning of what somebody answered.
func (v seen) answer(o asks.Owed) string {
	switch {
	case o.AnswerValue == "" && o.AnswerNote == "":
		if p, ok := v.posts[o.AnswerPost]; ok && !p.Deleted() {
			return text.Excerpt(p.Markdown, excerptLength)
		}
		return ""
	case o.AnswerValue != "" && o.AnswerNote != "":
		return o.AnswerValue + " – " + text.Cut(o.AnswerNote, excerptLength)
	case o.AnswerValue != "":
		return o.AnswerValue
	}
	return text.Cut(o.AnswerNote, excerptLength)
}

// tally is "2 of 3 answered".
func tally(a *asks.Ask) string {
	answered, asked := 0, 0
	for _, o := range a.Owed {
		if o.State == asks.Answered {
			answered++
		}
		if o.State != asks.Passed {
			asked++
		}
	}
	return fmt.Sprintf("%d of %d answered", answered, asked)
}

// excerptOf is the post on which something was asked.
func (v seen) excerptOf(a *asks.Ask) string {
	said := v.said[a.PostID]
	if p, ok := v.posts[a.PostID]; ok && !p.Deleted() {
		said = text.Excerpt(p.Markdown, excerptLength)
	}
	if said == a.Text {
		return ""
	}
	return said
}
