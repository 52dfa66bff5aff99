package spaces

import (
	"context"

	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// ImportBundle is a thread of another system with some of its posts, in order of
// time. The Thread of its posts is not looked at.
type ImportBundle struct {
	ImportThread
	Posts []ImportPost
}

// ImportCount says what was new.
type ImportCount struct {
	Threads   int64 `json:"threads"`
	Posts     int64 `json:"posts"`
	Edits     int64 `json:"edits"`
	Reactions int64 `json:"reactions"`
	Pins      int64 `json:"pins"`
	Files     int64 `json:"files"`
}

// Brought is a thread or a post that is new.
type Brought struct {
	Bundle, Post                int // its place in the list; Post is -1 for the thread itself
	ID, Thread, Space, AuthorID id.ID
	At                          clock.Instant
	Title                       string // of a thread
}

// ImportBundlesTx brings many threads and posts in with a fixed number of
// statements. Of posts that are there already it takes over an edit that is newer
// than theirs, further reactions and a pin; deleted ones stay deleted. It does not
// check who asks.
func (s *Service) ImportBundlesTx(ctx context.Context, tx *db.Tx, list []ImportBundle) (ImportCount, []Brought, error) {
	b := &bundles{tx: tx, threads: map[string]*bundled{}, seen: map[string]bool{}}
	if err := b.find(ctx, list); err != nil {
		return ImportCount{}, nil, err
	}
	for i := range list {
		if err := b.take(ctx, i, &list[i]); err != nil {
			return ImportCount{}, nil, err
		}
	}
	if err := b.write(ctx); err != nil {
		return ImportCount{}, nil, err
	}
	b.tell()
	return b.count, b.brought, nil
}

// bundles is what one transaction brings.
type bundles struct {
	tx      *db.Tx
	count   ImportCount
	threads map[string]*bundled
	order   []*bundled
	known   map[string]knownPost
	reacted map[reactionRow]bool // what is there, without the instant
	seen    map[string]bool      // post keys of this transaction

	brought   []Brought
	posts     []keyedNewPost
	reactions []reactionRow
	files     []placedFile
}

// bundled is a thread that posts come into.
type bundled struct {
	row     keyedThreadRow
	opened  *Thread // set when it is new
	had     int64
	listed  bool
	fresh   []id.ID
	changed []id.ID
}

type keyedNewPost struct {
	Post
	key string
}

type placedFile struct {
	file, post id.ID
	place      int
}

// find looks up everything that may be there already.
func (b *bundles) find(ctx context.Context, list []ImportBundle) error {
	var threads, posts []string
	for i := range list {
		if list[i].Key == "" {
			return errNoKey
		}
		threads = append(threads, list[i].Key)
		for j := range list[i].Posts {
			if list[i].Posts[j].Key == "" {
				return errNoKey
			}
			posts = append(posts, list[i].Posts[j].Key)
		}
	}
	for _, part := range chunks(threads) {
		rows, err := keyedThreads(ctx, b.tx, b.tx.Workspace, part)
		if err != nil {
			return err
		}
		for _, r := range rows {
			b.threads[r.ExtKey] = &bundled{row: r, had: r.LastN}
		}
	}
	b.known = map[string]knownPost{}
	var old []id.ID
	for _, part := range chunks(posts) {
		rows, err := knownPosts(ctx, b.tx, b.tx.Workspace, part)
		if err != nil {
			return err
		}
		for _, r := range rows {
			b.known[r.ExtKey] = r
			old = append(old, r.ID)
		}
	}
	return b.findReactions(ctx, old)
}

func (b *bundles) findReactions(ctx context.Context, posts []id.ID) error {
	b.reacted = map[reactionRow]bool{}
	for _, part := range chunks(posts) {
		rows, err := reactionsOf(ctx, b.tx, b.tx.Workspace, part)
		if err != nil {
			return err
		}
		for _, r := range rows {
			r.At = 0
			b.reacted[r] = true
		}
	}
	return nil
}

// take sorts one thread's posts into what is new and what changed.
func (b *bundles) take(ctx context.Context, place int, n *ImportBundle) error {
	t := b.threads[n.Key]
	if t == nil {
		t = b.open(place, n)
		b.threads[n.Key] = t
	}
	if !t.listed {
		t.listed = true
		b.order = append(b.order, t)
	}
	for i := range n.Posts {
		p := &n.Posts[i]
		if b.seen[p.Key] {
			continue
		}
		b.seen[p.Key] = true
		if old, ok := b.known[p.Key]; ok {
			if err := b.renew(ctx, t, old, p); err != nil {
				return err
			}
			continue
		}
		b.add(t, p)
		added := &b.posts[len(b.posts)-1]
		b.brought = append(b.brought, Brought{Bundle: place, Post: i, ID: added.ID, Thread: t.row.ID, Space: t.row.SpaceID, AuthorID: added.Author, At: added.CreatedAt})
	}
	return nil
}

func (b *bundles) open(place int, n *ImportBundle) *bundled {
	title, err := titled(text.Cut(n.Title, MaxTitle))
	if err != nil {
		title = "Untitled"
	}
	at := orNow(n.At, b.tx)
	t := Thread{ID: id.New(b.tx.Now), Space: n.Space, Title: title, Purpose: lines(text.Cut(n.Purpose, MaxPurpose)), OpenedBy: n.By, OpenedAt: at, LastPostAt: at}
	b.count.Threads++
	b.brought = append(b.brought, Brought{Bundle: place, Post: -1, ID: t.ID, Thread: t.ID, Space: t.Space, AuthorID: t.OpenedBy, At: at, Title: t.Title})
	return &bundled{opened: &t, row: keyedThreadRow{ExtKey: n.Key, ID: t.ID, SpaceID: t.Space, LastPostAt: at}}
}

// add makes a new post, at the end of its thread.
func (b *bundles) add(t *bundled, n *ImportPost) {
	if n.Body.HTML == "" {
		n.Body = text.Read(n.Markdown)
	}
	if n.Body.HTML == "" {
		n.Body.HTML = "\n" // rendered, though there is nothing to show
	}
	if n.Mentions == nil {
		n.Mentions = []id.ID{}
	}
	at := orNow(n.At, b.tx)
	t.row.LastN++
	t.row.LastPostAt = max(t.row.LastPostAt, at)
	p := Post{
		ID: id.New(b.tx.Now), Thread: t.row.ID, N: t.row.LastN, Kind: KindPost, Author: n.Author, Markdown: n.Markdown, HTML: n.Body.HTML,
		Mentions: db.JSON[[]id.ID]{V: n.Mentions}, Info: true, CreatedAt: at, EditedAt: n.EditedAt,
	}
	if n.Pinned {
		p.PinnedAt = at
		b.count.Pins++
	}
	b.posts = append(b.posts, keyedNewPost{p, n.Key})
	b.count.Posts++
	t.fresh = append(t.fresh, p.ID)
	for i, f := range n.Files {
		b.files = append(b.files, placedFile{f, p.ID, i})
	}
	b.react(p.ID, at, n.Reactions)
}

// react adds the reactions that are not there, and says whether there were any.
func (b *bundles) react(post id.ID, at clock.Instant, list []ImportReaction) bool {
	before := len(b.reactions)
	for _, r := range list[:min(len(list), maxEmojis)] {
		if !isEmoji(r.Emoji) {
			continue
		}
		for _, who := range r.People {
			row := reactionRow{PostID: post, Emoji: r.Emoji, PersonID: who}
			if b.reacted[row] {
				continue
			}
			b.reacted[row] = true
			row.At = at
			b.reactions = append(b.reactions, row)
		}
	}
	b.count.Reactions += int64(len(b.reactions) - before)
	return len(b.reactions) > before
}

// renew takes over what changed about a post that is there.
func (b *bundles) renew(ctx context.Context, t *bundled, old knownPost, n *ImportPost) error {
	if !old.DeletedAt.IsZero() {
		return nil
	}
	edited := n.EditedAt > old.EditedAt
	pinned := n.Pinned && old.PinnedAt.IsZero()
	if edited || pinned {
		if err := b.rewrite(ctx, old.ID, n, edited, pinned); err != nil {
			return err
		}
	}
	if b.react(old.ID, orNow(n.At, b.tx), n.Reactions) || edited || pinned {
		t.changed = append(t.changed, old.ID)
	}
	return nil
}

func (b *bundles) rewrite(ctx context.Context, post id.ID, n *ImportPost, edited, pinned bool) error {
	p, ok, err := loadPost(ctx, b.tx, b.tx.Workspace, post)
	if err != nil || !ok {
		return err
	}
	if edited && p.Markdown != n.Markdown {
		if err := insertRevision(ctx, b.tx, p.ID, p.revision()); err != nil {
			return err
		}
		if n.Body.HTML == "" {
			n.Body = text.Read(n.Markdown)
		}
		p.Markdown, p.HTML, p.Mentions.V, p.Revisions = n.Markdown, n.Body.HTML, append([]id.ID{}, n.Mentions...), p.Revisions+1
	}
	if edited {
		p.EditedAt = n.EditedAt
		b.count.Edits++
	}
	if pinned {
		p.PinnedAt = b.tx.Now
		b.count.Pins++
	}
	return updatePost(ctx, b.tx, p)
}

func (b *bundles) write(ctx context.Context) error {
	var opened []*bundled
	for _, t := range b.order {
		if t.opened != nil {
			opened = append(opened, t)
			continue
		}
		if len(t.changed) > 0 {
			if err := touch(ctx, b.tx, t.row.ID); err != nil {
				return err
			}
		}
		if t.row.LastN > t.had {
			if err := importedInto(ctx, b.tx, t.row.ID, t.row.LastN, t.row.LastN-t.had, t.row.LastPostAt); err != nil {
				return err
			}
		}
	}
	if err := insertBundledThreads(ctx, b.tx, opened); err != nil {
		return err
	}
	if err := insertBundledPosts(ctx, b.tx, b.posts); err != nil {
		return err
	}
	if err := insertReactionRows(ctx, b.tx, b.reactions); err != nil {
		return err
	}
	for _, f := range b.files {
		if err := attachImported(ctx, b.tx, f.file, f.post, f.place); err != nil {
			return err
		}
		b.count.Files++
	}
	return nil
}

// tell says once for each space what came.
func (b *bundles) tell() {
	told := map[id.ID]*Imported{}
	var order []id.ID
	for _, t := range b.order {
		if t.opened == nil && len(t.fresh)+len(t.changed) == 0 {
			continue
		}
		data := told[t.row.SpaceID]
		if data == nil {
			data = &Imported{Posts: []id.ID{}}
			told[t.row.SpaceID] = data
			order = append(order, t.row.SpaceID)
		}
		if t.opened != nil {
			data.Threads = append(data.Threads, t.row.ID)
		}
		data.Posts = append(data.Posts, t.fresh...)
		data.Changed = append(data.Changed, t.changed...)
	}
	for _, space := range order {
		event.Append(b.tx, event.New{Kind: EventImported, Subject: spaceRef(space), Space: space, Data: *told[space]})
	}
}

// ImportedThreads says which keys are there already, in one query a few hundred.
func (s *Service) ImportedThreads(ctx context.Context, q db.Queryer, workspace id.ID, keys []string) (map[string]id.ID, error) {
	out := map[string]id.ID{}
	for _, part := range chunks(keys) {
		rows, err := keyedThreads(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			out[r.ExtKey] = r.ID
		}
	}
	return out, nil
}

// BlobKey is where a blob.Store keeps the bytes of a finished upload.
func (u Upload) BlobKey() string { return File{WorkspaceID: u.WorkspaceID, ID: u.ID}.key() }
