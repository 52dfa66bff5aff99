package slack

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// visit says that a day's file holds messages of a thread. A channel's visits are in
// order of the thread's first message, then of the day.
type visit struct {
	root int64 // microseconds since 1970
	day  int32 // place in the channel's days
	n    int32 // messages
	from int32 // where their places begin among the channel's places
	size int64 // bytes of JSON
}

// index is what is kept of a channel: its visits, and for each visit the places of its
// messages within the day's list, so that the second reading decodes nothing in vain.
type index struct {
	visits []visit
	places []int32
}

// mark is one message that comes in.
type mark struct {
	root, ts  int64
	day, size int32 // a negative size: a notice, which needs a reply to come in
	place     int32 // within the day's list
}

// verdict is what becomes of one message, and where it belongs.
type verdict struct {
	ts, root int64
	reply    bool
	fate     fate
	reason   string
	known    bool
}

// judge decides alike in both readings.
func judge(h *rawHead) verdict {
	var v verdict
	var ok bool
	v.fate, v.reason, v.known = fateOf(h)
	if v.ts, ok = h.TS.micros(); !ok && v.fate != staysOut {
		v.fate, v.reason = staysOut, reasonNoTime
	}
	v.root, v.reply = h.root(v.ts)
	switch {
	case v.fate == comesIn && h.empty():
		v.fate, v.reason = staysOut, reasonEmpty
	case v.fate == noticeOnly && (v.reply || (h.ReplyCount == 0 && h.ThreadTS == "")):
		v.fate = staysOut
	}
	return v
}

// scan reads every message once: it finds what is damaged, who wrote, which messages
// make a thread, and counts for the report.
func (a *Archive) scan(ctx context.Context, t tally) error {
	strangers := map[string]Person{}
	for i := range a.channels {
		s := &scanner{a: a, c: &a.channels[i], t: t, strangers: strangers, notices: map[int64]string{}}
		for day, e := range a.days[s.c.Key] {
			if err := s.day(ctx, int32(day), e); err != nil {
				return err
			}
			a.progress.add(e.size)
		}
		s.finish()
	}
	a.welcome(strangers)
	return nil
}

type scanner struct {
	a         *Archive
	c         *Channel
	t         tally
	strangers map[string]Person
	place     int32
	marks     []mark
	index     index
	notices   map[int64]string // reasons of notices that may turn out to have replies
}

func (s *scanner) day(ctx context.Context, day int32, e entry) error {
	s.place = -1
	return s.a.src.eachElement(e, func(raw []byte) error {
		s.place++
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(raw) == 0 || raw[0] != '{' {
			s.t.add(reasonNoMessage, e.name)
			_, err := decode(raw, new(any))
			return err
		}
		var h rawHead
		odd, err := decodeHead(raw, &h)
		if err != nil {
			return err
		}
		if odd {
			s.t.add(reasonOdd, e.name)
		}
		s.message(h.unwrap(), day, int32(len(raw)), e.name)
		return nil
	})
}

func (s *scanner) message(h *rawHead, day, size int32, file string) {
	v := judge(h)
	switch v.fate {
	case staysOut:
		s.a.introduced(h)
		s.t.add(v.reason, firstOf(h.Subtype, file+" "+string(h.TS)))
		return
	case noticeOnly:
		s.notices[v.ts] = v.reason
		s.marks = append(s.marks, mark{v.root, v.ts, day, -size, s.place})
		s.a.meet(h, s.strangers)
		return
	}
	if !v.known {
		s.t.add(reasonUnknown, h.Subtype)
	}
	s.marks = append(s.marks, mark{v.root, v.ts, day, size, s.place})
	s.a.meet(h, s.strangers)
	s.count(h, v.ts)
}

// count adds a message's details to the report.
func (s *scanner) count(h *rawHead, ts int64) {
	r := &s.a.report
	at := time.UnixMicro(ts).UTC()
	if r.From == nil || at.Before(*r.From) {
		r.From = &at
	}
	if r.To == nil || at.After(*r.To) {
		r.To = &at
	}
	for _, reaction := range h.Reactions {
		r.Reactions += len(reaction.Users)
	}
	if s.a.pinned(s.c.Key, ts, h) {
		r.Pinned++
	}
	for _, raw := range h.allFiles() {
		s.countFile(s.a.file(&raw))
	}
}

func (s *scanner) countFile(f File) {
	n := &s.a.report.Files
	switch {
	case f.Mode == Included:
		n.Included++
		n.IncludedBytes += f.Size
	case f.Mode == Gone:
		n.Gone++
		s.t.add(reasonFilesGone, f.Name)
	case f.External:
		n.External++
	default:
		n.Linked++
		s.t.add(reasonFiles, f.Name)
	}
}

// finish turns marks into visits, each message counted once.
func (s *scanner) finish() {
	slices.SortFunc(s.marks, func(x, y mark) int {
		return cmp.Or(cmp.Compare(x.root, y.root), cmp.Compare(x.ts, y.ts), cmp.Compare(x.day, y.day))
	})
	s.index.places = make([]int32, 0, len(s.marks))
	for i := 0; i < len(s.marks); {
		j := i
		for j < len(s.marks) && s.marks[j].root == s.marks[i].root {
			j++
		}
		s.thread(s.marks[i:j])
		i = j
	}
	s.a.index[s.c.Key] = index{slices.Clip(s.index.visits), s.index.places}
	s.marks, s.index = nil, index{}
}

// thread counts one thread and says on which days its messages are.
func (s *scanner) thread(marks []mark) {
	root := marks[0].root
	real, distinct := 0, 0
	for i, m := range marks {
		if i > 0 && m.ts == marks[i-1].ts {
			s.t.add(reasonTwice, s.c.Name+" "+keyOf(m.ts))
			continue
		}
		distinct++
		if m.size >= 0 {
			real++
		}
	}
	if real == 0 {
		s.t.addMany(s.notices[root], s.c.Name+" "+keyOf(root), distinct)
		return
	}
	if marks[0].ts != root {
		s.t.add(reasonRoots, s.c.Name+" "+keyOf(root))
	}
	s.c.Threads++
	s.c.Messages += distinct
	s.a.report.Replies += distinct - 1
	s.visit(marks)
}

// visit notes where a thread's messages are.
func (s *scanner) visit(marks []mark) {
	slices.SortFunc(marks, func(x, y mark) int { return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.place, y.place)) })
	for i, m := range marks {
		if i == 0 || m.day != marks[i-1].day {
			s.index.visits = append(s.index.visits, visit{root: m.root, day: m.day, from: int32(len(s.index.places))})
		}
		v := &s.index.visits[len(s.index.visits)-1]
		v.n++
		v.size += int64(max(m.size, -m.size))
		s.index.places = append(s.index.places, m.place)
	}
}
