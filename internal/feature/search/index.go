package search

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

const (
	maxIndexed = 16000 // words of one thing; PostgreSQL takes positions up to 16383
	maxWord    = 500   // bytes of a word that can be found
)

// Entry is a thing to be entered into the index.
type Entry struct {
	Ref
	Space, Thread, Author id.ID
	At                    clock.Instant
	Concluded             bool
	Words                 Words

	doc int64
}

// Words are the words of a thing, cut and folded. Making them needs no transaction.
type Words struct {
	text  string   // as the engine takes them
	terms []string // those that the dictionary may not know
}

// Cook makes the words of a text.
func (s *Service) Cook(workspace id.ID, indexed string) Words {
	tokens := text.Tokens(indexed)
	if slices.ContainsFunc(tokens, tooLongWord) {
		tokens = slices.DeleteFunc(tokens, tooLongWord)
	}
	tokens = tokens[:min(len(tokens), maxIndexed)]
	w := Words{terms: s.terms.unknown(workspace, tokens)}
	if s.db.Engine == db.Postgres {
		w.text = vector(tokens)
	} else {
		w.text = strings.Join(tokens, " ")
	}
	return w
}

func tooLongWord(w string) bool { return len(w) > maxWord }

func (s *Service) entry(workspace id.ID, r Ref, t Text) Entry {
	indexed := t.Body
	if r.Kind != "post" { // a post's title is its thread's, which is found by itself
		indexed = t.Title + " " + t.Body
	}
	return Entry{Ref: r, Space: t.Space, Thread: t.Thread, Author: t.Author, At: t.At, Concluded: t.Concluded, Words: s.Cook(workspace, indexed)}
}

// AddTx enters things that were never entered before, in the transaction that makes
// them: the log need not be followed to find them.
func (s *Service) AddTx(ctx context.Context, tx *db.Tx, list []Entry) error {
	if err := insertDocs(ctx, tx, list); err != nil {
		return err
	}
	return s.terms.keep(ctx, tx, list)
}

// index reads things as they are now, which may be newer than the log says, and
// enters them anew. Everything in a thread that moved is entered anew with it.
func (s *Service) index(ctx context.Context, tx *db.Tx, refs []Ref) error {
	for part := range slices.Chunk(refs, 500) {
		texts, err := s.sources.Texts(ctx, tx, tx.Workspace, part)
		if err != nil {
			return err
		}
		there, err := docsOf(ctx, tx, tx.Workspace, part)
		if err != nil {
			return err
		}
		if err := deleteDocs(ctx, tx, there); err != nil {
			return err
		}
		list := make([]Entry, 0, len(part))
		for _, r := range part {
			if t, ok := texts[r.ID]; ok {
				list = append(list, s.entry(tx.Workspace, r, t))
			}
		}
		if err := s.AddTx(ctx, tx, list); err != nil {
			return err
		}
		for _, d := range there {
			if t, ok := texts[d.RefID]; ok && d.Kind == "thread" && t.Space != d.SpaceID {
				if err := s.follow(ctx, tx, d.RefID, t.Space); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// follow enters anew what lies in a thread and not yet in its space.
func (s *Service) follow(ctx context.Context, tx *db.Tx, thread, space id.ID) error {
	for {
		left, err := leftBehind(ctx, tx, tx.Workspace, thread, space, 500)
		if err != nil || len(left) == 0 {
			return err
		}
		if err := s.index(ctx, tx, left); err != nil {
			return err
		}
	}
}

// Marks stand among the words of a thing and say what it belongs to. No text holds
// their first letter, which is none.
const mark = "¤"

func markOf(kind string, x id.ID) string { return mark + kind + hex.EncodeToString(x[:]) }

// home is the mark of a workspace's things; those with a conclusion have another, so
// that they are found without looking at the rest.
func home(workspace id.ID, concluded bool) string {
	if concluded {
		return markOf("c", workspace)
	}
	return markOf("w", workspace)
}

// place is the mark of the space that a thing is read in; people are in none.
func placeMark(workspace, space id.ID) string {
	if space.IsZero() {
		return markOf("p", workspace)
	}
	return markOf("s", space)
}

func author(x id.ID) string { return markOf("a", x) }

func marks(workspace id.ID, e *Entry) []string {
	out := []string{home(workspace, e.Concluded), placeMark(workspace, e.Space)}
	if !e.Author.IsZero() {
		out = append(out, author(e.Author))
	}
	return out
}

const (
	fine  = 10                       // bits of a document's number below its microsecond
	never = clock.Instant(1<<52 - 1) // the last moment that has a number, in the year 2112
)

// number is a document's: its moment, and below it, after all threads, the count
// that its name holds, so that things of one moment keep their order and seldom
// want the same. When they do, the next try looks further around.
func number(e *Entry, try int) int64 {
	low := uint64(binary.BigEndian.Uint16(e.ID[6:])) & (1<<(fine-1) - 1)
	if e.Kind != "thread" {
		low |= 1 << (fine - 1)
	}
	if try > 0 {
		h := (binary.BigEndian.Uint64(e.ID[8:]) + uint64(try)) * 0x9e3779b97f4a7c15
		low = (h ^ h>>29) & (1<<min(fine+2*try, 40) - 1)
	}
	return moment(e.At) + int64(low)
}

// moment is where the numbers of an instant begin.
func moment(at clock.Instant) int64 { return int64(min(max(at, 0), never)) << fine }

// sorted puts entries in the order of their numbers, the one in which the engines
// take them best.
func sorted(list []Entry) {
	slices.SortFunc(list, func(a, b Entry) int { return cmp.Compare(a.doc, b.doc) })
}
