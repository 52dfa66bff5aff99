package importers

import (
	"context"
	"runtime"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/importers/slack"
	"example.org/meantime/internal/platform/db"
)

// batchPosts is about how many posts one transaction brings.
const batchPosts = 2000

// measured are the batches after which PostgreSQL takes stock: tables that were empty
// a moment ago are planned for as if they still were.
var measured = map[int]bool{2: true, 16: true, 128: true}

// batch is a run of threads of one channel. It is composed beside the others and
// written in its turn.
type batch struct {
	threads  []slack.Thread
	messages int
	through  string // the key of the last thread that is whole with this batch
	last     bool   // of the channel
	err      error

	ready   chan struct{} // closed when bundles is filled
	bundles []spaces.ImportBundle
	words   [][]any  // for each bundle, of the thread and of its posts
	bulky   []string // names of files that were too large
}

// bringMessages brings the channels one after the other, from where an earlier run
// stopped.
func (r *run) bringMessages(ctx context.Context) error {
	total, done := int64(r.report.Archive.Messages), int64(0)
	all := r.a.Channels()
	start := 0
	for i := range all {
		if r.at.Channel != "" && all[i].Key == r.at.Channel {
			start = i
		}
	}
	for i := range all {
		c := &all[i]
		if i >= start && !r.done {
			if err := r.bringChannel(ctx, c, done, total); err != nil {
				return err
			}
		}
		done += int64(c.Messages)
	}
	r.tell("Messages", total, total)
	return nil
}

func (r *run) bringChannel(ctx context.Context, c *slack.Channel, done, total int64) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	after := ""
	if r.at.Channel == c.Key {
		after = r.at.AfterKey
	}
	queue := make(chan *batch, runtime.GOMAXPROCS(0)+1)
	go r.read(ctx, c, after, queue)
	defer func() { // nobody reads the archive any more when this returns
		stop()
		for b := range queue {
			if b.ready != nil {
				<-b.ready
			}
		}
	}()
	for b := range queue {
		if b.ready != nil {
			<-b.ready
		}
		if b.err != nil {
			return b.err
		}
		r.tell("Messages", done, total)
		if err := r.writeBatch(ctx, c, b); err != nil {
			return err
		}
		done += int64(b.messages)
	}
	return ctx.Err()
}

func (r *run) writeBatch(ctx context.Context, c *slack.Channel, b *batch) error {
	err := r.write(ctx, place{Channel: c.Key, AfterKey: b.through}, func(ctx context.Context, tx *db.Tx) (Counts, error) {
		n, brought, err := r.s.spaces.ImportBundlesTx(ctx, tx, b.bundles)
		if err == nil {
			err = r.enter(ctx, tx, b, brought)
		}
		if r.batches++; err == nil && measured[r.batches] {
			err = measure(ctx, tx)
		}
		if err == nil && b.last {
			err = savePins(ctx, tx, r.key(c.Key, ""), append([]string{}, c.Pins...))
		}
		return Counts{ImportCount: n}, err
	})
	for _, name := range b.bulky {
		r.report.skip("files_too_large", "files larger than this server takes", name)
	}
	return err
}

// enter makes what is new findable.
func (r *run) enter(ctx context.Context, tx *db.Tx, b *batch, list []spaces.Brought) error {
	if r.s.index == nil {
		return nil
	}
	out := make([]Found, len(list))
	for i, n := range list {
		words := b.words[n.Bundle][n.Post+1]
		if in := &b.bundles[n.Bundle]; n.Post < 0 && n.Title != in.Title {
			words = r.s.index.Words(r.ws, n.Title+" "+in.Purpose)
		}
		out[i] = Found{ID: n.ID, Thread: n.Thread, Space: n.Space, Author: n.AuthorID, At: n.At, Words: words}
	}
	return r.s.index.AddTx(ctx, tx, out)
}

// read cuts a channel into batches, and has them composed as soon as they are read.
func (r *run) read(ctx context.Context, c *slack.Channel, after string, queue chan<- *batch) {
	defer close(queue)
	busy := make(chan struct{}, runtime.GOMAXPROCS(0))
	send := func(b *batch) bool {
		b.ready = make(chan struct{})
		select {
		case queue <- b:
		case <-ctx.Done():
			return false
		}
		busy <- struct{}{}
		go func() {
			defer func() { <-busy; close(b.ready) }()
			b.err = r.compose(ctx, c, b)
		}()
		return true
	}
	b, whole, last := &batch{}, after, ""
	for th, err := range r.a.Threads(ctx, c.Key, after) {
		if err != nil {
			select {
			case queue <- &batch{err: err}:
			case <-ctx.Done():
			}
			return
		}
		if last != "" && th.Key != last {
			whole = last
		}
		if b.messages >= batchPosts {
			b.through = whole
			if !send(b) {
				return
			}
			b = &batch{}
		}
		last = th.Key
		b.threads = append(b.threads, th)
		b.messages += len(th.Replies)
		if th.Part == 0 {
			b.messages++
		}
	}
	if last == "" {
		last = after
	}
	b.through, b.last = last, true
	send(b)
}
