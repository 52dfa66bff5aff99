package spaces_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// bring imports a space with one thread of two posts, and says what was new.
func (h *house) bring(keys ...string) (thread id.ID, posts int) {
	h.T.Helper()
	at := clock.At(time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC))
	file, _, err := h.Spaces.ImportFile(h.T.Context(), h.WS, spaces.ImportFile{Key: "F1", Name: "a.txt", At: at, Bytes: strings.NewReader("file")})
	h.Must(err)
	h.Must(h.DB.Write(h.T.Context(), h.WS, func(ctx context.Context, tx *db.Tx) error {
		space, _, err := h.Spaces.ImportSpaceTx(ctx, tx, spaces.ImportSpace{Key: "C1", Name: "general", At: at, Members: []id.ID{h.mei.Person}})
		if err != nil {
			return err
		}
		thread, _, err = h.Spaces.ImportThreadTx(ctx, tx, spaces.ImportThread{Key: "C1/1", Space: space, Title: "From before", By: h.mei.Person, At: at})
		if err != nil {
			return err
		}
		for i, key := range keys {
			n := spaces.ImportPost{
				Key: key, Thread: thread, Author: h.mei.Person, Markdown: "Hello @kofi", At: at.Add(time.Duration(i) * time.Minute),
				Pinned: i == 0, Reactions: []spaces.ImportReaction{{Emoji: ":shipit:", People: []id.ID{h.ana.Person}}},
			}
			if i == 0 {
				n.Files = []id.ID{file}
			}
			_, added, err := h.Spaces.ImportPostTx(ctx, tx, n)
			if err != nil {
				return err
			}
			if added {
				posts++
			}
		}
		return nil
	}))
	return thread, posts
}

func TestAnImportCanBeRepeated(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		thread, posts := h.bring("1", "2")
		want(t, "posts", posts, 2)
		same, posts := h.bring("1", "2")
		want(t, "posts again", posts, 0)
		if same != thread {
			t.Error("the thread came in twice")
		}
		_, posts = h.bring("1", "2", "3")
		want(t, "posts of a newer export", posts, 1)
		told := h.Heard(spaces.EventImported)
		if len(told) != 2 {
			t.Fatalf("%d events, want one for each batch with news", len(told))
		}
		var first, second spaces.Imported
		h.Must(told[0].Decode(&first))
		h.Must(told[1].Decode(&second))
		if !first.Opened || len(first.Posts) != 2 || second.Opened || len(second.Posts) != 1 {
			t.Errorf("the log says %+v and %+v", first, second)
		}
		if n := len(h.Heard(spaces.EventPosted)); n != 0 {
			t.Errorf("%d would be told of a post", n)
		}
		v, err := h.Spaces.ViewThread(h.T.Context(), h.DB, h.kofi, thread)
		h.Must(err)
		if v.Unread != 0 || v.Posts != 3 || v.LastPostAt.Year() != 2020 || v.OpenedBy.Name != "Mei" {
			t.Errorf("the thread is %+v", v)
		}
		l, err := h.Spaces.ListPosts(h.T.Context(), h.DB, h.kofi, thread, 0, 0, 10)
		h.Must(err)
		if p := l.Posts[0]; len(l.Posts) != 3 || !p.Pinned || len(p.Files) != 1 || len(p.Reactions) != 1 || !strings.Contains(p.HTML, `data-handle="kofi"`) {
			t.Errorf("the posts are %+v", l.Posts)
		}
		found, err := h.Spaces.ImportedPosts(h.T.Context(), h.DB, h.WS, []string{"1", "3", "4"})
		h.Must(err)
		want(t, "known keys", len(found), 2)
		h.post(h.kofi, thread, "And now?")
		v, err = h.Spaces.ViewThread(h.T.Context(), h.DB, h.mei, thread)
		h.Must(err)
		if v.Unread != 1 {
			t.Errorf("%d unread after a new post, want 1", v.Unread)
		}
	})
}

func TestAnImportNeedsKeys(t *testing.T) {
	engines(t, func(t *testing.T, h *house) {
		err := h.DB.Write(h.T.Context(), h.WS, func(ctx context.Context, tx *db.Tx) error {
			_, _, err := h.Spaces.ImportThreadTx(ctx, tx, spaces.ImportThread{Space: h.open.ID, Title: "x"})
			return err
		})
		h.Refused("no key", err, "key_needed")
	})
}
