package mail

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// kindLetterJob is the job that sends one letter of the house.
const kindLetterJob = "mail.letter"

type letterJob struct {
	Mail id.ID `json:"mail"`
}

// refuseAgain is how long an address that was told no is left alone: two machines that
// answer each other fall silent after one mail each.
const refuseAgain = 24 * time.Hour

// fault refuses a mail for a reason that its writer is told; any other error is ours,
// and the mail is tried again.
func (h *handling) fault(ctx context.Context, err error) error {
	if f := fault.As(err); f != nil {
		return h.refuse(ctx, f.Code, f.Sentence)
	}
	return err
}

// refuse puts the mail aside and tells its writer why, with their own text, unless
// they were told no within a day.
func (h *handling) refuse(ctx context.Context, code, why string) error {
	h.row.State, h.row.Outcome = refused, code
	// Names of strangers are easily forged: only so many are told in an hour.
	silent := h.row.PersonID.IsZero() && !h.limits.take(h.db.Clock().Now(), "strangers", mostStrangers)
	return h.db.Write(ctx, h.row.WorkspaceID, func(ctx context.Context, tx *db.Tx) error {
		first, err := endReceived(ctx, tx, fresh, h.row, tx.Now.Add(keepFor))
		if err != nil || !first {
			tx.Quiet("it was handled already")
			return err
		}
		event.Append(tx, event.New{Kind: Refused, Subject: event.Ref{Kind: "mail", ID: h.row.ID}, Concerns: concerned(h.row.PersonID), Data: map[string]string{"code": code}})
		to := people.FoldEmail(h.letter.writer())
		if to == "" || silent || h.Recipient(ctx, to) == nil {
			return nil // nobody to tell, or ourselves
		}
		may, err := h.mayTell(ctx, tx, to)
		if err != nil || !may {
			return err
		}
		return h.tell(ctx, tx, "refused", "Your mail was not taken. "+why+h.again(ctx), to)
	})
}

// mostAgain is how often in refuseAgain somebody is told what was wrong with replies of
// theirs. People try again with other words and must hear each time; a machine that
// answers everything does so with the same.
const mostAgain = 5

// mayTell says whether an address may be told no once more.
func (h *handling) mayTell(ctx context.Context, tx *db.Tx, to string) (bool, error) {
	times := 1
	if h.replies {
		times = mostAgain
		sum := sha256.Sum256([]byte(strings.Join(strings.Fields(h.letter.Said), " ")))
		if may, err := mayRefuse(ctx, tx, to+" "+hex.EncodeToString(sum[:]), tx.Now.Add(-refuseAgain)); err != nil || !may {
			return false, err
		}
	}
	for n := range times {
		key := to
		if n > 0 {
			key = to + " " + strconv.Itoa(n+1)
		}
		if may, err := mayRefuse(ctx, tx, key, tx.Now.Add(-refuseAgain)); err != nil || may {
			return may, err
		}
	}
	return false, nil
}

// again says how to answer anew what a refused reply was to; empty where it was to nothing.
func (h *handling) again(ctx context.Context) string {
	if h.answers.N == 0 {
		return ""
	}
	r, err := h.near.Repliers.Of(h.answers.Kind)
	if err != nil {
		return ""
	}
	p, err := h.people.Get(ctx, h.db, h.row.WorkspaceID, h.row.PersonID)
	if err != nil {
		return ""
	}
	o, err := r.Offer(ctx, h.db, p.Actor(), h.answers.RefID)
	if err != nil || o.Over != "" {
		return ""
	}
	return "\n\nReply to this mail to try once more, or open it:\n" + h.link(o.Path)
}

func concerned(person id.ID) []id.ID {
	if person.IsZero() {
		return nil
	}
	return []id.ID{person}
}

// tell writes to whoever sent the mail, in answer to it and with their text below. to
// is an address that the mail came from; empty is the person's own.
func (h *handling) tell(ctx context.Context, tx *db.Tx, kind, what, to string) error {
	var b strings.Builder
	b.WriteString(what + "\n")
	if mine := strings.TrimSpace(redact(firstOf(h.letter.Said, h.letter.Whole))); mine != "" && kind != "started" {
		b.WriteString("\nYou wrote:\n\n> " + strings.ReplaceAll(cutTo(mine, 20_000), "\n", "\n> ") + "\n")
	}
	n := notice{kind: kind, about: h.row.ID, person: h.row.PersonID, address: to, subject: "Re: " + oneLine(firstOf(h.letter.Title, h.letter.Subject, "your mail"), 120), text: b.String()}
	if h.letter.MessageID != "" {
		n.parent = printable(h.letter.MessageID, 250)
	}
	if h.answers.N > 0 && kind == "refused" {
		n.line = h.answers
		n.line.N = 1
	} else if !h.row.ThreadID.IsZero() {
		n.line = lineRow{N: 1, Kind: "thread", RefID: h.row.ThreadID}
	}
	return h.post(ctx, tx, n)
}

// notice is a letter of the house.
type notice struct {
	kind    string
	about   id.ID // one letter of a kind about each thing
	person  id.ID // a member, who gets it in their hours; zero for others
	address string
	subject string
	text    string
	parent  string
	line    lineRow // what a reply to it is about; none when it takes none
}

// post puts a letter into the outbox, once, and has it sent: to a member when they
// work, now if they do.
func (s *Service) post(ctx context.Context, tx *db.Tx, n notice) error {
	row := outboxRow{ID: id.New(tx.Now), Kind: n.kind, DigestID: n.about, PersonID: n.person, Parent: n.parent, Address: n.address, Subject: n.subject, BodyText: n.text}
	row.MessageID = id.Encode("mail", row.ID) + "@" + s.host()
	if !n.person.IsZero() {
		p, err := s.people.Get(ctx, tx, tx.Workspace, n.person)
		if err != nil {
			return err
		}
		if row.Address == "" {
			row.Address = p.Email
		}
		if n.line.N > 0 {
			if err := s.answerable(ctx, tx, &row, n.line); err != nil {
				return err
			}
		}
	}
	added, err := addLetter(ctx, tx, row)
	if err != nil || !added {
		return err
	}
	event.Append(tx, event.New{Kind: Answered, Subject: event.Ref{Kind: "mail", ID: row.ID}, Concerns: concerned(n.person), Data: map[string]string{"kind": n.kind}})
	return job.Enqueue(ctx, tx, kindLetterJob, letterJob{row.ID}, job.Options{Dedup: "letter:" + row.ID.String()})
}

// answerable lets a letter be answered: its one line is named.
func (s *Service) answerable(ctx context.Context, tx *db.Tx, row *outboxRow, l lineRow) error {
	if !s.box.open() {
		return nil
	}
	k, err := s.tokens(ctx)
	if err != nil {
		return err
	}
	name, err := nameMail(ctx, tx, row.PersonID, row.ID)
	if err != nil {
		return err
	}
	row.ReplyTo = s.box.with(k.seal(token{Name: name, Line: uint8(l.N), Purpose: toReply, Expires: tx.Now.Add(addressFor)}))
	return addLine(ctx, tx, row.ID, l)
}

// SendLetter sends a letter of the house: to a member in their hours, to others now.
func (s *Service) SendLetter(ctx context.Context, workspace, mail id.ID) error {
	row, ok, err := outboxByID(ctx, s.db, workspace, mail)
	if err != nil || !ok || row.ended() {
		return err
	}
	to := reader{address: row.Address}
	if !row.PersonID.IsZero() {
		known, ok, err := s.reader(ctx, workspace, row.PersonID)
		if err != nil {
			return err
		}
		if !ok {
			return s.end(ctx, row, failed, "the person cannot be written to", "")
		}
		if later, err := s.later(ctx, workspace, row.PersonID, false, false); err != nil || later != 0 {
			if err != nil {
				return err
			}
			return again(later)
		}
		to.name = known.name
	}
	if wait := s.lanes.busy(row.ID, row.Address, s.db.Clock().Now()); wait != 0 {
		return again(wait)
	}
	state := sending
	if s.client == nil {
		state = held
	}
	k, err := s.tokens(ctx)
	if err != nil {
		return err
	}
	var back string
	err = s.db.Write(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a letter of the house is about to leave")
		if row.Kind == kindInvitation && s.box.open() {
			// Whom it is for is nobody here yet: the invitation stands for them.
			name, err := nameMail(ctx, tx, row.DigestID, row.ID)
			if err != nil {
				return err
			}
			back = s.comesBack(k, name, tx.Now)
		}
		return tryOutbox(ctx, tx, row.ID, state)
	})
	if err != nil || state == held {
		return err
	}
	row.Tries++
	m := message{id: row.MessageID, to: to, from: s.from.String(), replyTo: row.ReplyTo, subject: row.Subject, text: row.BodyText, auto: "auto-replied", at: s.db.Clock().Now()}
	if row.Kind == kindInvitation {
		m.auto, m.sender = "auto-generated", back
	}
	if row.Parent != "" {
		m.refs = strings.Fields(row.Parent)
	}
	return s.hand(ctx, row, m).err()
}
