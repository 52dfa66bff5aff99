package spaces

import (
	"context"
	"slices"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// PostAsks is what the asks package hangs on a post: its asks as the API writes
// them, and the ids of the asks that the post answers.
type PostAsks struct {
	Asks    []any
	Answers []string
}

// SpaceRef names a space in the API.
type SpaceRef struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Color   string `json:"color"`
	Private bool   `json:"private"`
}

// ThreadView is a thread as the API writes it.
type ThreadView struct {
	ID         string           `json:"id"`
	Space      SpaceRef         `json:"space"`
	Title      string           `json:"title"`
	Purpose    string           `json:"purpose"`
	State      string           `json:"state" enum:"open,concluded"`
	Conclusion *ConclusionView  `json:"conclusion"`
	OpenedBy   people.PersonRef `json:"opened_by"`
	OpenedAt   time.Time        `json:"opened_at"`
	LastPostAt time.Time        `json:"last_post_at"`
	Posts      int64            `json:"posts"`
	Unread     int64            `json:"unread" doc:"Posts and notes since you last read here."`
	Following  bool             `json:"following"`
	Muted      bool             `json:"muted"`
	Saved      bool             `json:"saved"`
	OpenAsks   int              `json:"open_asks"`
	Pinned     bool             `json:"pinned"`
	May        ThreadMay        `json:"may"`
}

// ConclusionView is how a thread ended.
type ConclusionView struct {
	Markdown string           `json:"markdown"`
	HTML     string           `json:"html"`
	By       people.PersonRef `json:"by"`
	At       time.Time        `json:"at"`
}

// ThreadMay says what the reader may do with a thread.
type ThreadMay struct {
	Post     bool `json:"post"`
	Conclude bool `json:"conclude"`
	Reopen   bool `json:"reopen"`
	Edit     bool `json:"edit"`
}

// ViewThread writes one thread for the actor; what they may not see is not_found.
func (s *Service) ViewThread(ctx context.Context, q db.Queryer, a actor.Actor, thread id.ID) (ThreadView, error) {
	list, err := s.ViewThreads(ctx, q, a, []id.ID{thread})
	if err == nil && len(list) == 0 {
		err = fault.Missing("thread")
	}
	if err != nil {
		return ThreadView{}, err
	}
	return list[0], nil
}

// ViewThreads writes threads for the actor, in the order of the list; what they
// may not see is left out. It takes a fixed number of queries.
func (s *Service) ViewThreads(ctx context.Context, q db.Queryer, a actor.Actor, list []id.ID) ([]ThreadView, error) {
	found := map[id.ID]threadRow{}
	for _, part := range chunks(list) {
		rows, err := threadsByID(ctx, q, a, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			found[r.ID] = r
		}
	}
	rows := []threadRow{}
	for _, x := range list {
		if r, ok := found[x]; ok {
			rows = append(rows, r)
		}
	}
	return s.viewThreads(ctx, q, a, rows)
}

func (s *Service) viewThreads(ctx context.Context, q db.Queryer, a actor.Actor, rows []threadRow) ([]ThreadView, error) {
	var persons, threads []id.ID
	for _, r := range rows {
		persons = append(persons, r.OpenedBy, r.ConcludedBy)
		threads = append(threads, r.ID)
	}
	who, err := s.refs(ctx, q, a.Workspace, persons)
	if err != nil {
		return nil, err
	}
	asks := map[id.ID]int{}
	if s.near.OpenAsks != nil && len(threads) > 0 {
		if asks, err = s.near.OpenAsks(ctx, q, a, threads); err != nil {
			return nil, err
		}
	}
	out := make([]ThreadView, 0, len(rows))
	for _, r := range rows {
		out = append(out, viewThread(a, r, who, asks[r.ID]))
	}
	return out, nil
}

func viewThread(a actor.Actor, r threadRow, who map[id.ID]people.PersonRef, asks int) ThreadView {
	v := ThreadView{
		ID: id.Encode("thr", r.ID), Title: r.Title, Purpose: r.Purpose, State: r.State(),
		Space:    SpaceRef{id.Encode("sp", r.Space), r.SpaceName, r.SpaceColor, r.SpacePrivate},
		OpenedBy: who[r.OpenedBy], OpenedAt: r.OpenedAt.Time(), LastPostAt: r.LastPostAt.Time(), Posts: r.Posts,
		Unread:    max(0, r.LastN-max(r.ReadN, r.BaseN)),
		Following: !r.FollowedAt.IsZero(), Muted: !r.MutedAt.IsZero(), Saved: !r.SavedAt.IsZero(),
		OpenAsks: asks, Pinned: !r.PinnedAt.IsZero(),
	}
	if r.Concluded() {
		v.Conclusion = &ConclusionView{r.ConclusionMarkdown, r.ConclusionHTML, who[r.ConcludedBy], r.ConcludedAt.Time()}
	}
	sp := r.seen()
	open := !r.Concluded()
	v.May = ThreadMay{
		Post: sp.mayPost(a) && open, Conclude: mayConclude(a, r.Thread, sp) && open,
		Reopen: mayConclude(a, r.Thread, sp) && !open, Edit: mayEdit(a, r.Thread, sp),
	}
	return v
}

func (r threadRow) seen() seen {
	return seen{Space: Space{ID: r.Space, Name: r.SpaceName, Private: r.SpacePrivate, ArchivedAt: r.SpaceArchivedAt}, Member: r.Member, Leads: r.Leads}
}

// refs names people; nobody, as an import leaves it, is "Somebody".
func (s *Service) refs(ctx context.Context, q db.Queryer, workspace id.ID, list []id.ID) (map[id.ID]people.PersonRef, error) {
	who, err := s.people.Refs(ctx, q, workspace, list)
	if err == nil {
		who[id.ID{}] = people.PersonRef{Name: "Somebody"}
	}
	return who, err
}

// ref names one person, without a question where the request knows the version of the
// names already.
func (s *Service) ref(ctx context.Context, q db.Queryer, workspace, person id.ID) (people.PersonRef, error) {
	if version, ok := people.NamesOf(ctx); ok && !person.IsZero() {
		return s.people.RefAt(ctx, q, workspace, person, version)
	}
	who, err := s.refs(ctx, q, workspace, []id.ID{person})
	return who[person], err
}

// PostView is a post as the API writes it.
type PostView struct {
	ID        string           `json:"id"`
	Thread    string           `json:"thread"`
	N         int64            `json:"n" doc:"Its number in the thread, from 1."`
	Kind      string           `json:"kind" enum:"post,note" doc:"A note is a line that the house wrote about a change of the thread."`
	Author    people.PersonRef `json:"author"`
	Markdown  string           `json:"markdown"`
	HTML      string           `json:"html"`
	CreatedAt time.Time        `json:"created_at"`
	EditedAt  *time.Time       `json:"edited_at"`
	Revisions int64            `json:"revisions"`
	Deleted   bool             `json:"deleted"`
	Reactions []ReactionView   `json:"reactions" nullable:"false"`
	Files     []FileView       `json:"files" nullable:"false"`
	Mentions  []string         `json:"mentions" nullable:"false"`
	Asks      AskViews         `json:"asks" nullable:"false"`
	Answers   []string         `json:"answers" nullable:"false"`
	Info      bool             `json:"info"`
	Pinned    bool             `json:"pinned"`
	ByMail    bool             `json:"by_mail" doc:"It came by mail, and the whole of that can be read."`
	May       PostMay          `json:"may"`
}

// PostMay says what the reader may do with a post.
type PostMay struct {
	Edit   bool `json:"edit"`
	Delete bool `json:"delete"`
}

// ReactionView is one emoji on a post and who put it there.
type ReactionView struct {
	Emoji  string             `json:"emoji"`
	People []people.PersonRef `json:"people" nullable:"false"`
	Mine   bool               `json:"mine"`
}

// ViewPost writes one post for the actor; what they may not see is not_found.
func (s *Service) ViewPost(ctx context.Context, q db.Queryer, a actor.Actor, post id.ID) (PostView, error) {
	p, t, sp, err := s.post(ctx, q, a, post)
	if err != nil {
		return PostView{}, err
	}
	list, err := s.viewPosts(ctx, q, a, t, sp, []Post{p})
	if err != nil {
		return PostView{}, err
	}
	return list[0], nil
}

// ViewNew writes a post that the actor just made, on which nothing hangs yet: no
// file, no ask, no answer. ViewPost would read the same.
func (s *Service) ViewNew(ctx context.Context, q db.Queryer, a actor.Actor, p Post) (PostView, error) {
	author, err := s.ref(ctx, q, a.Workspace, p.Author)
	v := p.view(hung{who: map[id.ID]people.PersonRef{p.Author: author}})
	v.Reactions, v.May = []ReactionView{}, PostMay{Edit: true, Delete: true}
	return v, err
}

// viewPosts writes posts of one thread, in a fixed number of queries.
func (s *Service) viewPosts(ctx context.Context, q db.Queryer, a actor.Actor, t Thread, sp seen, posts []Post) ([]PostView, error) {
	out := make([]PostView, 0, len(posts))
	if len(posts) == 0 {
		return out, nil
	}
	h, err := s.hung(ctx, q, a, posts)
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		v := p.view(h)
		v.Reactions = reactionViews(h.reactions[p.ID], h.who, a.Person)
		v.May = PostMay{Edit: mayEditPost(a, p, sp), Delete: mayDeletePost(a, p, sp)}
		out = append(out, v)
	}
	return out, nil
}

// view is all of a post that does not depend on the reader.
func (p Post) view(h hung) PostView {
	v := PostView{
		ID: id.Encode("post", p.ID), Thread: id.Encode("thr", p.Thread), N: p.N, Kind: p.Kind, Author: h.who[p.Author],
		Markdown: p.Markdown, HTML: p.HTML, CreatedAt: p.CreatedAt.Time(), EditedAt: p.EditedAt.Pointer(), Revisions: p.Revisions,
		Deleted: p.Deleted(), Files: viewFiles(h.files[p.ID]), Mentions: id.EncodeAll("per", p.Mentions.V),
		Asks: h.asks[p.ID].Asks, Answers: h.asks[p.ID].Answers, Info: p.Info, Pinned: !p.PinnedAt.IsZero(), ByMail: h.byMail[p.ID] && !p.Deleted(),
	}
	if v.Asks == nil {
		v.Asks = AskViews{}
	}
	if v.Answers == nil {
		v.Answers = []string{}
	}
	return v
}

// hung is all that hangs on some posts.
type hung struct {
	reactions map[id.ID][]reactionRow
	files     map[id.ID][]File
	asks      map[id.ID]PostAsks
	byMail    map[id.ID]bool
	who       map[id.ID]people.PersonRef
}

func (s *Service) hung(ctx context.Context, q db.Queryer, a actor.Actor, posts []Post) (h hung, err error) {
	if h, err = s.hangs(ctx, q, a, posts); err != nil {
		return h, err
	}
	var persons []id.ID
	for _, p := range posts {
		persons = append(persons, p.Author)
		for _, r := range h.reactions[p.ID] {
			persons = append(persons, r.PersonID)
		}
	}
	h.who, err = s.refs(ctx, q, a.Workspace, persons)
	return h, err
}

// hangs is hung without the names.
func (s *Service) hangs(ctx context.Context, q db.Queryer, a actor.Actor, posts []Post) (h hung, err error) {
	h = hung{reactions: map[id.ID][]reactionRow{}, files: map[id.ID][]File{}}
	list := make([]id.ID, 0, len(posts))
	for _, p := range posts {
		list = append(list, p.ID)
	}
	reactions, err := reactionsOf(ctx, q, a.Workspace, list)
	if err != nil {
		return h, err
	}
	for _, r := range reactions {
		h.reactions[r.PostID] = append(h.reactions[r.PostID], r)
	}
	files, err := filesOf(ctx, q, a.Workspace, list)
	if err != nil {
		return h, err
	}
	for _, f := range files {
		h.files[f.Post] = append(h.files[f.Post], f)
	}
	if s.near.ByMail != nil {
		if h.byMail, err = s.near.ByMail(ctx, q, a.Workspace, list); err != nil {
			return h, err
		}
	}
	if s.near.PostAsks != nil {
		h.asks, err = s.near.PostAsks(ctx, q, a, list)
	}
	return h, err
}

// shownPeople is how many people of one reaction are named.
const shownPeople = 50

func reactionViews(rows []reactionRow, who map[id.ID]people.PersonRef, me id.ID) []ReactionView {
	out := []ReactionView{}
	for _, r := range rows {
		i := slices.IndexFunc(out, func(v ReactionView) bool { return v.Emoji == r.Emoji })
		if i < 0 {
			i = len(out)
			out = append(out, ReactionView{Emoji: r.Emoji, People: []people.PersonRef{}})
		}
		if len(out[i].People) < shownPeople {
			out[i].People = append(out[i].People, who[r.PersonID])
		}
		out[i].Mine = out[i].Mine || r.PersonID == me
	}
	return out
}

// FileView is a file as the API writes it.
type FileView struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Type  string `json:"type"`
	Size  int64  `json:"size" doc:"In bytes."`
	URL   string `json:"url"`
	Image bool   `json:"image" doc:"A picture that a browser may show in place."`
}

func viewFile(f File) FileView {
	x := id.Encode("file", f.ID)
	return FileView{ID: x, Name: f.Name, Type: f.Type, Size: f.Size, URL: "/api/v1/files/" + x + "/content", Image: picture(f.Type)}
}

func viewFiles(list []File) []FileView {
	out := make([]FileView, 0, len(list))
	for _, f := range list {
		out = append(out, viewFile(f))
	}
	return out
}
