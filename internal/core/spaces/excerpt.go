package spaces

import (
	"context"

	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// PostIn names a post whose thread the reader may see, in the thread's version.
type PostIn struct {
	Post    id.ID
	Version int64
}

const excerptsKept = 2 << 20 // bytes

// ExcerptLength is how many characters of a post an excerpt shows.
const ExcerptLength = 160

// Excerpts gives the first words of posts; those deleted have none and are left
// out. It does not ask who wants to know: the caller has read the threads as them.
// What was read under the same version of its thread is not read again.
func (s *Service) Excerpts(ctx context.Context, q db.Queryer, workspace id.ID, list []PostIn) (map[id.ID]string, error) {
	out := make(map[id.ID]string, len(list))
	versions := map[id.ID]int64{}
	var missing []id.ID
	for _, p := range list {
		if x, ok := s.excerpts.Get(p); ok && db.Committed(q) {
			out[p.Post] = x
		} else if _, asked := versions[p.Post]; !asked && !p.Post.IsZero() {
			versions[p.Post] = p.Version
			missing = append(missing, p.Post)
		}
	}
	for _, part := range chunks(missing) {
		rows, err := wordsOf(ctx, q, workspace, part)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			x := text.Excerpt(r.Markdown, ExcerptLength)
			out[r.ID] = x
			if db.Committed(q) {
				s.excerpts.Put(PostIn{r.ID, versions[r.ID]}, x, int64(100+len(x)))
			}
		}
	}
	return out, nil
}
