package slack

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sort"
)

// A batch is as many threads as fit into these. A longer thread is a batch of its own and
// comes in parts.
const (
	batchMessages = 8192
	batchBytes    = 16 << 20
	partReplies   = 2000
)

// Threads gives the threads of a channel in order of their first messages, the same
// order every time. Threads up to and including the key after are passed over without
// being read, so that a stopped import goes on where it was; "" starts at the beginning.
//
// Memory is bounded by a batch of threads, whatever the size of the channel. An error
// is given once and ends the sequence: the context's, or *BadArchive when the file was
// changed since it was opened.
func (a *Archive) Threads(ctx context.Context, channel, after string) iter.Seq2[Thread, error] {
	return func(yield func(Thread, error) bool) {
		x := a.index[channel]
		visits := x.visits
		if at, ok := stamp(after).micros(); ok {
			visits = visits[sort.Search(len(visits), func(i int) bool { return visits[i].root > at }):]
		}
		for len(visits) > 0 {
			n := batchOf(visits)
			b := newBatch(a, channel, visits[:n], x.places, yield)
			if err := b.read(ctx); err != nil {
				yield(Thread{}, err)
				return
			}
			if !b.emit() {
				return
			}
			visits = visits[n:]
		}
	}
}

// batchOf says how many visits make the next batch, never parting a thread.
func batchOf(visits []visit) int {
	var messages, bytes int64
	for i := 0; i < len(visits); {
		j := i
		for ; j < len(visits) && visits[j].root == visits[i].root; j++ {
			messages += int64(visits[j].n)
			bytes += visits[j].size
		}
		if i > 0 && (messages > batchMessages || bytes > batchBytes) {
			return i
		}
		i = j
	}
	return len(visits)
}

type batch struct {
	a       *Archive
	channel string
	roots   []int64
	days    []int32
	wanted  map[int32][]int32 // by day: the places of the batch's messages, in order
	threads map[int64]*building
	yield   func(Thread, error) bool
	stopped bool
}

// building is a thread of which some messages were read.
type building struct {
	root    *Message
	replies []Message
	at      map[string]int  // reply key to its place, to meet a message only once
	given   map[string]bool // replies that went out with an earlier part
	part    int
	first   Message // what an earlier part called the root
}

func newBatch(a *Archive, channel string, visits []visit, places []int32, yield func(Thread, error) bool) *batch {
	b := &batch{a: a, channel: channel, threads: map[int64]*building{}, yield: yield}
	b.wanted = map[int32][]int32{}
	for _, v := range visits {
		if b.threads[v.root] == nil {
			b.threads[v.root] = &building{}
			b.roots = append(b.roots, v.root)
		}
		b.wanted[v.day] = append(b.wanted[v.day], places[v.from:v.from+v.n]...)
	}
	for day, list := range b.wanted {
		b.days = append(b.days, day)
		slices.Sort(list)
	}
	slices.Sort(b.days)
	return b
}

// read takes the batch's messages from the days that have some.
func (b *batch) read(ctx context.Context) error {
	for _, d := range b.days {
		if err := ctx.Err(); err != nil {
			return err
		}
		wanted, place := b.wanted[d], int32(-1)
		err := b.a.src.eachElement(b.a.days[b.channel][d], func(raw []byte) error {
			place++
			if b.stopped || len(wanted) == 0 {
				return errEnough
			}
			if wanted[0] != place {
				return nil
			}
			wanted = wanted[1:]
			return b.element(raw)
		})
		if err != nil && err != errEnough {
			return err
		}
	}
	return nil
}

// errEnough ends the reading of a day of which nothing more is wanted.
var errEnough = errors.New("enough")

func (b *batch) element(raw []byte) error {
	var m rawMessage
	if err := decodeMessage(raw, &m); err != nil {
		return err
	}
	whole := m.whole()
	v := judge(&whole.rawHead)
	t := b.threads[v.root]
	if v.fate == staysOut || t == nil {
		return nil
	}
	t.add(b.a.message(whole, v, b.channel), v.reply)
	if len(b.roots) == 1 && len(t.replies) >= partReplies {
		b.stopped = !b.give(v.root, t, true)
	}
	return nil
}

// add keeps a message once; of two versions the one that was edited last.
func (t *building) add(m Message, reply bool) {
	switch {
	case !reply:
		if t.root == nil || m.Edited.After(t.root.Edited) {
			t.root = &m
		}
		return
	case t.given[m.Key]:
		return
	}
	if t.at == nil {
		t.at = map[string]int{}
	}
	if i, twice := t.at[m.Key]; twice {
		if m.Edited.After(t.replies[i].Edited) {
			t.replies[i] = m
		}
		return
	}
	t.at[m.Key] = len(t.replies)
	t.replies = append(t.replies, m)
}

// emit gives every thread of the batch. False when nobody wants more.
func (b *batch) emit() bool {
	for _, root := range b.roots {
		if b.stopped {
			return false
		}
		t := b.threads[root]
		if (t.root != nil || len(t.replies) > 0) && (t.part == 0 || len(t.replies) > 0) {
			b.stopped = !b.give(root, t, false)
		}
		delete(b.threads, root)
	}
	return !b.stopped
}

// give hands out what there is of a thread: all of it, or a part with more to come.
func (b *batch) give(root int64, t *building, more bool) bool {
	sort.SliceStable(t.replies, func(i, j int) bool { return t.replies[i].At.Before(t.replies[j].At) })
	out := Thread{Key: keyOf(root), Channel: b.channel, Replies: t.replies, Part: t.part, RootMissing: t.root == nil}
	switch {
	case t.root != nil:
		out.Root = *t.root
	case t.part > 0:
		out.Root = t.first
	default:
		out.Root, out.Replies = t.replies[0], t.replies[1:]
	}
	out.Title = b.a.title(out.Root)
	if more {
		t.remember(out.Root)
	}
	return b.yield(out, nil)
}

func (t *building) remember(root Message) {
	if t.given == nil {
		t.given = map[string]bool{}
	}
	for _, m := range t.replies {
		t.given[m.Key] = true
	}
	t.replies, t.at, t.first = nil, nil, root
	t.part++
}
