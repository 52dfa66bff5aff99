package importers

import (
	"context"

	"example.org/meantime/internal/feature/importers/slack"
)

// foresee counts what would come in, and writes nothing.
func (r *run) foresee(ctx context.Context) error {
	all := r.a.Report()
	var err error
	if r.repeat, err = anybody(ctx, r.s.db, r.ws); err != nil {
		return err
	}
	for _, part := range parts(r.a.People(), 500) {
		found, err := r.match(ctx, r.s.db, part)
		if err != nil {
			return err
		}
		r.report.PeopleKnown += int64(len(found))
		r.report.People += int64(len(part) - len(found))
	}
	if !r.repeat {
		r.report.Spaces, r.report.Threads, r.report.Posts = int64(len(r.a.Channels())), int64(all.Threads), int64(all.Messages)
		r.report.Reactions, r.report.Pins, r.report.Files = int64(all.Reactions), int64(all.Pinned), int64(all.Files.Included)
		return nil
	}
	return r.compare(ctx)
}

// compare looks up what an earlier import brought.
func (r *run) compare(ctx context.Context) error {
	done := int64(0)
	for i := range r.a.Channels() {
		c := &r.a.Channels()[i]
		_, there, err := loadChannel(ctx, r.s.db, r.ws, r.key(c.Key, ""))
		if err != nil {
			return err
		}
		if !there {
			r.report.Spaces++
		}
		var list []slack.Thread
		for th, err := range r.a.Threads(ctx, c.Key, "") {
			if err != nil {
				return err
			}
			if list = append(list, th); len(list) < batchPosts {
				continue
			}
			if err := r.countNew(ctx, c, list); err != nil {
				return err
			}
			list = list[:0]
			r.tell("Comparing", done, int64(r.report.Archive.Messages))
		}
		if err := r.countNew(ctx, c, list); err != nil {
			return err
		}
		done += int64(c.Messages)
	}
	return nil
}

func (r *run) countNew(ctx context.Context, c *slack.Channel, list []slack.Thread) error {
	posts, err := r.known(ctx, r.s.db, c, list)
	if err != nil {
		return err
	}
	var keys []string
	for i := range list {
		keys = append(keys, r.key(c.Key, list[i].Key))
	}
	threads, err := r.s.spaces.ImportedThreads(ctx, r.s.db, r.ws, keys)
	if err != nil {
		return err
	}
	for i := range list {
		th := &list[i]
		if _, there := threads[keys[i]]; !there && th.Part == 0 {
			r.report.Threads++
		}
		for m := range messages(th) {
			if _, there := posts[r.key(c.Key, m.Key)]; there {
				continue
			}
			r.report.Posts++
			r.foreseePost(m)
		}
	}
	return nil
}

func (r *run) foreseePost(m *slack.Message) {
	if m.Pinned {
		r.report.Pins++
	}
	for _, x := range m.Reactions {
		r.report.Reactions += int64(len(x.People))
	}
	for _, f := range m.Files {
		if f.Mode == slack.Included {
			r.report.Files++
		}
	}
}
