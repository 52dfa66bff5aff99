package describe

import (
	"context"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// Do is what somebody wants done to a thing, told from outside of the pages: by the
// first line of a mail or by a link in one.
type Do string

// What can be done. Say is no act at all: the words are what counts.
const (
	Say         Do = ""
	Yes         Do = "yes"
	No          Do = "no"
	Done        Do = "done"
	Choose      Do = "choose" // one of several; Value says which
	Acknowledge Do = "acknowledge"
	Decline     Do = "decline"
	Pass        Do = "pass"
	Close       Do = "close"
	Discard     Do = "discard"
)

// Words are what somebody wrote, already taken apart: what the first line seems to
// ask for, and what stands below it. A thing that knows no such act takes all of it
// as words.
type Words struct {
	Do     Do
	Value  string        // of Choose
	Reason string        // beside the act in the first line: why declined, what came out
	At     clock.Instant // of Acknowledge: by when; zero when not said
	When   string        // what was said of a time, as written; At is zero when it could not be read
	To     string        // of Pass: a handle or a name
	Line   string        // the first line as written
	Rest   string        // Markdown below the first line
	Text   string        // all of it, Markdown
	Files  []id.ID       // finished files of the writer's own
	Click  bool          // pressed on a page that said what would happen
}

// Act is one thing that can be done, for a button.
type Act struct {
	Do    Do
	Value string
	Label string // "Approve"
	Says  string // what will happen, in a sentence
}

// Link is an act with the signed page, on our own origin, that does that one thing: GET
// shows what would be done, POST does it.
type Link struct {
	Act
	Path string
}

// Offer is how a thing stands for somebody who may act on it.
type Offer struct {
	Title string // what it is about
	Text  string // what is asked, in a line
	Body  string // all that is asked, Markdown; empty where the post it stands on says it
	How   string // how to reply with words, in a sentence; empty where any words will do
	Path  string
	Acts  []Act
	Over  string // why nothing can be done any more; empty while something can

	// NoWords says why nothing that is written is taken by mail: it would be kept with its
	// writer's name. A mail with more in it than one act is refused with this sentence, and
	// nothing of it is kept. Empty where words are taken.
	NoWords string
}

// Did is what came of a reply.
type Did struct {
	Thread, Post id.ID  // the post that was made of the words, if any
	Said         string // what was done, in a sentence
	Left         string // what is still open although words were posted, and how to do it
	Repeat       bool   // words were read as marks: whoever mailed them is told how, that is Said
}

// Replier takes replies to one kind of thing. What the actor may not see is a
// not_found fault; what cannot be done is a fault whose sentence they are told.
type Replier interface {
	Offer(ctx context.Context, q db.Queryer, a actor.Actor, ref id.ID) (Offer, error)
	ReplyTx(ctx context.Context, tx *db.Tx, a actor.Actor, ref id.ID, w Words) (Did, error)
}

// Repliers finds who takes replies to a kind.
type Repliers map[string]Replier

// Of is the replier of a kind; a kind that takes no replies is a conflict.
func (r Repliers) Of(kind string) (Replier, error) {
	if x, ok := r[kind]; ok {
		return x, nil
	}
	return nil, fault.New(fault.Conflict, "no_replies", "This cannot be answered by mail. Open it in Meantime.")
}

// Add enters the kinds of one feature.
func (r Repliers) Add(more Repliers) {
	for k, x := range more {
		r[k] = x
	}
}

// Why is the reason of an act and what is left to be posted beside it: the reason of
// the first line, else what stands below it, if that is no longer than most characters.
func (w Words) Why(most int) (reason, rest string) {
	switch {
	case w.Reason != "":
		return w.Reason, w.Rest
	case len([]rune(w.Rest)) <= most:
		return w.Rest, ""
	}
	return "See my post.", w.Rest
}
