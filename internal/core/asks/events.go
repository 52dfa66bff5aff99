package asks

import (
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
)

// The kinds of event. The subject of each is the ask.
var (
	EventAsked        = event.Declare("asks.asked", "Somebody is expected to act; concerns the addressees, and is told again for whoever is asked later (passed on, escalated)")
	EventAcknowledged = event.Declare("asks.acknowledged", "An addressee said that they will see to it, perhaps by when; concerns the asker")
	EventAnswered     = event.Declare("asks.answered", "An addressee answered; concerns the asker")
	EventUndone       = event.Declare("asks.answer_undone", "An addressee took an answer back; concerns the asker and whoever is expected to act again")
	EventDeclined     = event.Declare("asks.declined", "An addressee declined, with a reason; concerns the asker")
	EventPassed       = event.Declare("asks.passed", "An addressee passed an ask on; concerns the asker")
	EventReleased     = event.Declare("asks.released", "Addressees need not act any more; concerns them")
	EventExtended     = event.Declare("asks.extended", "The asker gave more time; concerns the open addressees")
	EventReminded     = event.Declare("asks.reminded", "The asker reminded addressees; concerns them")
	EventSettled      = event.Declare("asks.settled", "Enough is answered; concerns the asker")
	EventLapsed       = event.Declare("asks.lapsed", "The last due passed and what silence means was applied; concerns the asker")
	EventAway         = event.Declare("asks.away", "An addressee told the asker that they are away when it would be due; concerns the asker")
	EventDueMoved     = event.Declare("asks.due_moved", "A due moved by more than an hour of working time because hours changed; concerns the asker and the addressee")
)

// About is in the data of every event of this package.
type About struct {
	Ask     id.ID  `json:"ask"`
	Thread  id.ID  `json:"thread"`
	Post    id.ID  `json:"post"`
	Asker   id.ID  `json:"asker"`
	Kind    Kind   `json:"kind"`
	Urgency string `json:"urgency"`
	Text    string `json:"text"`
	Held    string `json:"held,omitempty"`  // the kind of the thing that holds it
	Quiet   bool   `json:"quiet,omitempty"` // its asker is not told of single answers
}

// OwedSlot is one addressee with their own times, in microseconds; 0 is none.
type OwedSlot struct {
	Person id.ID         `json:"person"`
	Asked  clock.Instant `json:"asked"`
	Reach  clock.Instant `json:"reach"`
	Due    clock.Instant `json:"due"`
}

// Asked is the data of asks.asked and asks.extended: those who are expected to
// act. InStead says that others were silent before.
type Asked struct {
	About
	Owed    []OwedSlot    `json:"owed"`
	InStead bool          `json:"in_stead,omitempty"`
	LastDue clock.Instant `json:"last_due"`
}

// AcknowledgedData is the data of asks.acknowledged.
type AcknowledgedData struct {
	About
	Person   id.ID         `json:"person"`
	Promised clock.Instant `json:"promised"`
}

// AnsweredData is the data of asks.answered. AnswerPost is the post that answers,
// when one does.
type AnsweredData struct {
	About
	Person     id.ID  `json:"person"`
	Value      string `json:"value"`
	Note       string `json:"note"`
	AnswerPost id.ID  `json:"answer_post"`
}

// UndoneData is the data of asks.answer_undone: who took back, and who is
// expected to act again.
type UndoneData struct {
	About
	Person id.ID      `json:"person"`
	Owed   []OwedSlot `json:"owed"`
}

// DeclinedData is the data of asks.declined.
type DeclinedData struct {
	About
	Person id.ID  `json:"person"`
	Reason string `json:"reason"`
}

// PassedData is the data of asks.passed; asks.asked tells the times of To.
type PassedData struct {
	About
	Person id.ID  `json:"person"`
	To     id.ID  `json:"to"`
	Note   string `json:"note"`
}

// ReleasedData is the data of asks.released. Settled says that it happened
// because enough is answered (or silence counted), rather than by the asker.
type ReleasedData struct {
	About
	People  []id.ID `json:"people"`
	Settled bool    `json:"settled"`
}

// RemindedData is the data of asks.reminded.
type RemindedData struct {
	About
	People []id.ID `json:"people"`
}

// SettledData is the data of asks.settled.
type SettledData struct {
	About
	Answered int `json:"answered"`
}

// LapsedData is the data of asks.lapsed. To is who is asked now, if anybody.
type LapsedData struct {
	About
	Then string `json:"then"`
	To   id.ID  `json:"to"`
	Note string `json:"note"`
}

// DueMovedData is the data of asks.due_moved. Times are in microseconds; 0 is none.
type DueMovedData struct {
	About
	Person id.ID         `json:"person"`
	Reach  clock.Instant `json:"reach"`
	From   clock.Instant `json:"from"`
	To     clock.Instant `json:"to"`
}

func (a *Ask) about() About {
	return About{Ask: a.ID, Thread: a.ThreadID, Post: a.PostID, Asker: a.AskerID, Kind: a.Kind, Urgency: string(a.Urgency), Text: a.Text, Held: a.HeldKind, Quiet: a.Quiet != 0}
}

// told begins an event about the ask in its thread.
func (a *Ask) told(kind string, by, space id.ID, data any, concerns ...id.ID) event.New {
	return event.New{
		Kind: kind, Actor: by, Subject: event.Ref{Kind: "ask", ID: a.ID}, Space: space, Thread: a.ThreadID,
		Concerns: concerns, Due: a.LastDue, Data: data,
	}
}

func slotOf(o Owed) OwedSlot {
	return OwedSlot{Person: o.PersonID, Asked: o.AskedAt, Reach: o.Reach, Due: o.Due}
}
