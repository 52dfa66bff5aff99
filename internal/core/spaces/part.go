package spaces

import (
	"context"
	"io"

	"example.org/meantime/internal/platform/id"
)

// part is a run of bytes of an upload.
type part struct {
	WorkspaceID id.ID
	Upload      id.ID `db:"upload_id"`
	ID          id.ID
	At          int64 `db:"at_byte"`
	Size        int64 // 0 while it is being written
}

func (p part) key() string {
	return "uploads/" + p.WorkspaceID.String() + "/" + p.Upload.String() + "/" + p.ID.String()
}

// tolerant ends where its source breaks off.
type tolerant struct {
	r io.Reader
}

func (t *tolerant) Read(b []byte) (int, error) {
	n, err := t.r.Read(b)
	if err != nil {
		err = io.EOF
	}
	return n, err
}

// more says whether a source has another byte.
func more(r io.Reader) bool {
	var b [1]byte
	n, _ := io.ReadFull(r, b[:])
	return n > 0
}

// joined reads the parts of an upload one after the other, each opened when its
// turn comes.
type joined struct {
	ctx   context.Context //nolint:containedctx // lives for one Put
	s     *Service
	parts []part
	open  io.ReadCloser
}

func (j *joined) Read(b []byte) (int, error) {
	for {
		if j.open == nil {
			for len(j.parts) > 0 && j.parts[0].Size == 0 { // given up before it came
				j.parts = j.parts[1:]
			}
			if len(j.parts) == 0 {
				return 0, io.EOF
			}
			r, _, err := j.s.files.Open(j.ctx, j.parts[0].key(), 0)
			if err != nil {
				return 0, err
			}
			j.open, j.parts = r, j.parts[1:]
		}
		n, err := j.open.Read(b)
		if err == io.EOF {
			j.close()
			err = nil
		}
		if n > 0 || err != nil {
			return n, err
		}
	}
}

func (j *joined) close() {
	if j.open != nil {
		_ = j.open.Close()
		j.open = nil
	}
}
