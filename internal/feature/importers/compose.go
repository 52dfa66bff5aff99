package importers

import (
	"context"
	"strings"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/importers/slack"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// compose turns a batch into what core takes: everything that needs no transaction,
// so that nobody waits for it.
func (r *run) compose(ctx context.Context, c *slack.Channel, b *batch) error {
	known, err := r.known(ctx, r.s.db, c, b.threads)
	if err != nil {
		return err
	}
	b.bundles = make([]spaces.ImportBundle, 0, len(b.threads))
	for i := range b.threads {
		if err := ctx.Err(); err != nil {
			return err
		}
		th := &b.threads[i]
		out := spaces.ImportBundle{ImportThread: spaces.ImportThread{
			Key: r.key(c.Key, th.Key), Space: r.spaces[c.Key], Title: th.Title, By: r.people[th.Root.Author].ID, At: clock.At(th.Root.At),
		}}
		for m := range messages(th) {
			p, err := r.post(ctx, c, m, known, b)
			if err != nil {
				return err
			}
			out.Posts = append(out.Posts, p)
		}
		b.bundles = append(b.bundles, out)
		b.words = append(b.words, r.words(&out))
	}
	b.threads = nil
	return nil
}

// words are those of a thread's title and of its posts.
func (r *run) words(n *spaces.ImportBundle) []any {
	if r.s.index == nil {
		return nil
	}
	out := make([]any, 0, len(n.Posts)+1)
	out = append(out, r.s.index.Words(r.ws, n.Title+" "+n.Purpose))
	for i := range n.Posts {
		out = append(out, r.s.index.Words(r.ws, n.Posts[i].Body.Plain))
	}
	return out
}

// messages gives what is new in a part of a thread: every part repeats the root.
func messages(th *slack.Thread) func(func(*slack.Message) bool) {
	return func(yield func(*slack.Message) bool) {
		if th.Part == 0 && !yield(&th.Root) {
			return
		}
		for i := range th.Replies {
			if !yield(&th.Replies[i]) {
				return
			}
		}
	}
}

// known says which posts are there already; nothing is when this is the first import.
func (r *run) known(ctx context.Context, q db.Queryer, c *slack.Channel, list []slack.Thread) (map[string]id.ID, error) {
	if !r.repeat {
		return nil, nil
	}
	var keys []string
	for i := range list {
		for m := range messages(&list[i]) {
			keys = append(keys, r.key(c.Key, m.Key))
		}
	}
	return r.s.spaces.ImportedPosts(ctx, q, r.ws, keys)
}

func (r *run) post(ctx context.Context, c *slack.Channel, m *slack.Message, known map[string]id.ID, b *batch) (spaces.ImportPost, error) {
	p := spaces.ImportPost{
		Key: r.key(c.Key, m.Key), Author: r.people[m.Author].ID, At: clock.At(m.At), EditedAt: clock.At(m.Edited),
		Pinned: r.pins[c.Key][m.Key], Mentions: r.persons(m.Mentions),
	}
	for _, x := range m.Reactions {
		p.Reactions = append(p.Reactions, spaces.ImportReaction{Emoji: x.Emoji, People: r.persons(x.People)})
	}
	_, there := known[p.Key]
	if there && m.Edited.IsZero() {
		return p, nil
	}
	words := []string{r.plain(m.Markdown)}
	for _, f := range m.Files {
		if f.Mode != slack.Included {
			words = append(words, linked(f))
			continue
		}
		if there {
			continue
		}
		file, err := r.file(ctx, c, m, f)
		if fault.IsKind(err, fault.TooLarge) {
			b.bulky = append(b.bulky, f.Name)
			words = append(words, linked(f))
			continue
		}
		if err != nil {
			return p, err
		}
		p.Files = append(p.Files, file)
	}
	p.Markdown = clean(strings.Trim(strings.Join(words, "\n\n"), "\n"))
	p.Body = text.Read(p.Markdown)
	return p, nil
}

// file keeps the bytes of an included file, to be attached with its post.
func (r *run) file(ctx context.Context, c *slack.Channel, m *slack.Message, f slack.File) (id.ID, error) {
	in, err := r.a.OpenFile(f)
	if err != nil {
		return id.ID{}, err
	}
	defer func() { _ = in.Close() }()
	x, _, err := r.s.spaces.ImportFile(ctx, r.ws, spaces.ImportFile{
		Key: r.key(c.Key, m.Key) + "/" + f.Key, Owner: r.people[m.Author].ID, Name: f.Name, Type: f.Mime, At: clock.At(m.At), Bytes: in,
	})
	return x, err
}

// clean takes out what a database does not keep.
func clean(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "")
}
