package spaces

import (
	"context"
	"io"
	"strings"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// What an import brings carries the key by which its source knows it. A key that
// is there already is left as it is, so an import can be repeated and resumed. The
// methods below do not check who asks; nobody is told of what they bring, and it
// counts as read.

// ImportSpace is a space of another system.
type ImportSpace struct {
	Key      string // unique in the workspace
	Name     string
	Purpose  string
	Private  bool
	Archived bool
	By       id.ID // zero when unknown
	At       clock.Instant
	Members  []id.ID // added when the space is there already, too
	Leads    []id.ID // of them, who may change it
}

// ImportSpaceTx brings a space in; added is false when it was there.
func (s *Service) ImportSpaceTx(ctx context.Context, tx *db.Tx, n ImportSpace) (space id.ID, added bool, err error) {
	if space, err = s.importedSpace(ctx, tx, n); err != nil {
		return space, false, err
	}
	if added = space.IsZero(); added {
		if space, err = s.importSpace(ctx, tx, n); err != nil {
			return space, false, err
		}
	}
	for i, list := range [][]id.ID{n.Leads, n.Members} {
		for _, p := range list {
			joined, err := addMember(ctx, tx, space, p, id.ID{}, i == 0, tx.Now)
			if err != nil {
				return space, added, err
			}
			if joined {
				event.Append(tx, event.New{Kind: EventMemberAdded, Subject: spaceRef(space), Space: space, Concerns: []id.ID{p}})
			}
		}
	}
	if !added {
		tx.Quiet("the space was there")
	}
	return space, added, nil
}

func (s *Service) importedSpace(ctx context.Context, tx *db.Tx, n ImportSpace) (id.ID, error) {
	if n.Key == "" {
		return id.ID{}, errNoKey
	}
	return keyedSpace(ctx, tx, n.Key)
}

var errNoKey = fault.New(fault.Invalid, "key_needed", "What is imported needs the key of its source.")

func (s *Service) importSpace(ctx context.Context, tx *db.Tx, n ImportSpace) (id.ID, error) {
	name := text.Cut(n.Name, maxName)
	if strings.TrimSpace(name) == "" {
		name = "Imported"
	}
	sp, err := newSpace(NewSpace{Name: name, Purpose: text.Cut(n.Purpose, MaxPurpose), Private: n.Private})
	if err != nil {
		return id.ID{}, err
	}
	sp.ID, sp.CreatedBy, sp.CreatedAt = id.New(tx.Now), n.By, orNow(n.At, tx)
	if sp.Handle, err = freeHandle(ctx, tx, sp.Name); err != nil {
		return id.ID{}, err
	}
	if err := insertSpace(ctx, tx, sp, n.Key); err != nil {
		return id.ID{}, err
	}
	if n.Archived {
		sp.ArchivedAt = tx.Now
		if err := updateSpace(ctx, tx, sp); err != nil {
			return id.ID{}, err
		}
	}
	event.Append(tx, event.New{Kind: EventSpaceOpened, Subject: spaceRef(sp.ID), Space: sp.ID, Data: map[string]string{"name": sp.Name}})
	return sp.ID, nil
}

func orNow(at clock.Instant, tx *db.Tx) clock.Instant {
	if at.IsZero() {
		return tx.Now
	}
	return at
}

// ImportThread is a conversation of another system.
type ImportThread struct {
	Key     string // unique in the workspace
	Space   id.ID
	Title   string // made of the first line when it is empty: see text.Title
	Purpose string
	By      id.ID
	At      clock.Instant
}

// ImportThreadTx brings a thread in; added is false when it was there.
func (s *Service) ImportThreadTx(ctx context.Context, tx *db.Tx, n ImportThread) (thread id.ID, added bool, err error) {
	if n.Key == "" {
		return id.ID{}, false, errNoKey
	}
	if thread, err = keyedThread(ctx, tx, n.Key); err != nil || !thread.IsZero() {
		return thread, false, err
	}
	title, err := titled(text.Cut(n.Title, MaxTitle))
	if err != nil {
		title = "Untitled"
	}
	at := orNow(n.At, tx)
	t := Thread{ID: id.New(tx.Now), Space: n.Space, Title: title, Purpose: lines(text.Cut(n.Purpose, MaxPurpose)), OpenedBy: n.By, OpenedAt: at, LastPostAt: at}
	if err := insertThread(ctx, tx, t, n.Key); err != nil {
		return id.ID{}, false, err
	}
	b, err := importing(ctx, tx, t.ID)
	if err != nil {
		return id.ID{}, false, err
	}
	b.Opened = true
	return t.ID, true, nil
}

// ImportPost is a message of another system.
type ImportPost struct {
	Key       string // unique in the workspace
	Thread    id.ID
	Author    id.ID // zero when unknown
	Markdown  string
	Body      text.Body // made by text.Read outside of the transaction; empty: made on the way
	At        clock.Instant
	EditedAt  clock.Instant
	Pinned    bool
	Mentions  []id.ID
	Reactions []ImportReaction
	Files     []id.ID // of ImportFile
}

// ImportReaction is one emoji, or ":name:", and who put it there.
type ImportReaction struct {
	Emoji  string
	People []id.ID
}

// ImportPostTx brings a post in; added is false when it was there. Longer texts
// than people may write are taken whole.
func (s *Service) ImportPostTx(ctx context.Context, tx *db.Tx, n ImportPost) (post id.ID, added bool, err error) {
	if n.Key == "" {
		return id.ID{}, false, errNoKey
	}
	if post, err = keyedPost(ctx, tx, n.Key); err != nil || !post.IsZero() {
		return post, false, err
	}
	if n.Body.HTML == "" {
		n.Body = text.Read(n.Markdown)
	}
	b, err := importing(ctx, tx, n.Thread)
	if err != nil {
		return id.ID{}, false, err
	}
	if n.Mentions == nil {
		n.Mentions = []id.ID{}
	}
	b.n++
	b.last = max(b.last, n.At)
	p := Post{
		ID: id.New(tx.Now), Thread: n.Thread, N: b.n, Kind: KindPost, Author: n.Author, Markdown: n.Markdown, HTML: n.Body.HTML,
		Mentions: db.JSON[[]id.ID]{V: n.Mentions}, Info: true, CreatedAt: orNow(n.At, tx), EditedAt: n.EditedAt,
	}
	if n.Pinned {
		p.PinnedAt = p.CreatedAt
	}
	if err := insertPost(ctx, tx, p, n.Key); err != nil {
		return id.ID{}, false, err
	}
	b.Posts = append(b.Posts, p.ID)
	for i, f := range n.Files {
		if err := attachImported(ctx, tx, f, p.ID, i); err != nil {
			return id.ID{}, false, err
		}
	}
	return p.ID, true, importReactions(ctx, tx, p, n.Reactions)
}

func importReactions(ctx context.Context, tx *db.Tx, p Post, list []ImportReaction) error {
	for _, r := range list[:min(len(list), maxEmojis)] {
		if !isEmoji(r.Emoji) {
			continue
		}
		for _, who := range r.People {
			if _, err := insertReaction(ctx, tx, p.ID, r.Emoji, who, p.CreatedAt); err != nil {
				return err
			}
		}
	}
	return nil
}

// batch is what one transaction brings into one thread.
type batch struct {
	Imported
	n    int64 // the number of the newest post
	had  int64 // the number before
	last clock.Instant
}

type importKey struct{ thread id.ID }

// importing finds the batch of a thread in this transaction; at its end the thread
// is brought up to date and the log told, once.
func importing(ctx context.Context, tx *db.Tx, thread id.ID) (*batch, error) {
	if b, ok := tx.Local()[importKey{thread}].(*batch); ok {
		return b, nil
	}
	t, ok, err := loadThread(ctx, tx, tx.Workspace, thread)
	if err == nil && !ok {
		err = fault.Missing("thread")
	}
	if err != nil {
		return nil, err
	}
	b := &batch{Imported: Imported{Posts: []id.ID{}}, n: t.LastN, had: t.LastN, last: t.LastPostAt}
	tx.Local()[importKey{thread}] = b
	tx.Last(func(ctx context.Context) error {
		delete(tx.Local(), importKey{thread})
		if b.n > b.had {
			if err := importedInto(ctx, tx, thread, b.n, b.n-b.had, b.last); err != nil {
				return err
			}
		}
		event.Append(tx, event.New{Kind: EventImported, Subject: threadRef(thread), Space: t.Space, Thread: thread, Data: b.Imported})
		return nil
	})
	return b, nil
}

// ImportFile is a file of another system.
type ImportFile struct {
	Key   string // unique in the workspace
	Owner id.ID
	Name  string
	Type  string
	At    clock.Instant
	Bytes io.Reader
}

// ImportFile brings a file in, to be attached by ImportPostTx; added is false when
// it was there. One that is not attached within a week is cleared away.
func (s *Service) ImportFile(ctx context.Context, workspace id.ID, n ImportFile) (file id.ID, added bool, err error) {
	if n.Key == "" {
		return id.ID{}, false, errNoKey
	}
	if file, err = keyedFile(ctx, s.db, workspace, n.Key); err != nil || !file.IsZero() {
		return file, false, err
	}
	f := File{WorkspaceID: workspace, ID: id.New(s.now()), Owner: n.Owner, Name: fileName(n.Name), Type: fileType(n.Type), CreatedAt: n.At}
	if f.Size, f.SHA256, err = s.files.Put(ctx, f.key(), io.LimitReader(n.Bytes, s.opt.MaxUpload+1)); err != nil {
		return id.ID{}, false, err
	}
	if f.Size > s.opt.MaxUpload {
		err = fault.Newf(fault.TooLarge, "file_too_large", "Files may have at most %d MiB.", s.opt.MaxUpload>>20)
	} else {
		err = s.quietly(ctx, workspace, func(ctx context.Context, tx *db.Tx) error {
			f.CreatedAt = orNow(f.CreatedAt, tx)
			return insertFile(ctx, tx, f, tx.Now.Add(fileLife), n.Key)
		})
	}
	if err != nil {
		_ = s.files.Delete(ctx, f.key())
		return id.ID{}, false, err
	}
	return f.ID, true, nil
}

// ImportedPosts says which keys are there already, in one query a few hundred.
func (s *Service) ImportedPosts(ctx context.Context, q db.Queryer, workspace id.ID, keys []string) (map[string]id.ID, error) {
	out := map[string]id.ID{}
	for _, part := range chunks(keys) {
		rows, err := keyedPosts(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ExtKey] = r.ID
		}
	}
	return out, nil
}
