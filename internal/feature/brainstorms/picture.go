package brainstorms

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/blob"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
)

// A picture on a card is a copy of what was uploaded, under a name that tells nothing,
// and without what a camera writes into it: whose it is, where and when.

const mostPicture = 10 << 20 // bytes

// picture is one that is kept, under a name that ends in ".jpg" or ".png".
type picture struct{ kind string }

var noPicture = fault.New(fault.Invalid, "picture", "A picture is a JPEG or PNG of at most 10 MiB. Photograph the drawing again, or save it as one of these.").At("picture")

// readPicture keeps a copy of an upload of the actor's own; nil when none is named.
func (s *Service) readPicture(ctx context.Context, a actor.Actor, file id.ID) (*picture, error) {
	if file.IsZero() {
		return nil, nil //nolint:nilnil // no picture is no error
	}
	f, err := s.spaces.File(ctx, s.db, a, file)
	if err != nil {
		return nil, err
	}
	if f.Owner != a.Person {
		return nil, fault.Missing("file").At("picture")
	}
	if f.Size > mostPicture {
		return nil, noPicture
	}
	r, _, err := s.files.Open(ctx, spaces.Upload{WorkspaceID: f.WorkspaceID, ID: f.ID}.BlobKey(), 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	b, err := io.ReadAll(io.LimitReader(r, mostPicture+1))
	if err != nil {
		return nil, err
	}
	clean, ending := strip(b)
	if clean == nil {
		return nil, noPicture
	}
	p := &picture{kind: hex.EncodeToString(random(16)) + ending}
	_, _, err = s.files.Put(ctx, pictureKey(a.Workspace, p.kind), bytes.NewReader(clean))
	return p, err
}

// lose forgets a picture that no idea took.
func (s *Service) lose(ctx context.Context, ws id.ID, p *picture) {
	if p != nil {
		_ = s.files.Delete(ctx, pictureKey(ws, p.kind)) // at worst its bytes stay, and nothing leads to them
	}
}

func pictureKey(ws id.ID, name string) string { return "brainstorms/" + ws.String() + "/" + name }

// Picture opens the picture of an idea that the actor may see.
func (s *Service) Picture(ctx context.Context, a actor.Actor, board, x id.ID) (kind string, r io.ReadCloser, size int64, err error) {
	var name string
	err = s.db.Snapshot(ctx, func(ctx context.Context, q db.Queryer) error {
		at, err := s.find(ctx, q, a, board)
		if err != nil {
			return err
		}
		i, ok, err := loadIdea(ctx, q, a.Workspace, board, x)
		if err != nil {
			return err
		}
		if !ok || i.Picture == "" || i.Deleted || !i.Shown && !at.b.wrote(a.Person, i) {
			return fault.Missing("picture")
		}
		name = i.Picture
		return nil
	})
	if err != nil {
		return "", nil, 0, err
	}
	kind = "image/jpeg"
	if name[len(name)-4:] == ".png" {
		kind = "image/png"
	}
	r, size, err = s.files.Open(ctx, pictureKey(a.Workspace, name), 0)
	if errors.Is(err, blob.ErrMissing) {
		err = fault.Missing("picture")
	}
	return kind, r, size, err
}

// strip takes out of a JPEG or PNG all that is not the picture, but for which way up it
// is; nil for anything else.
func strip(b []byte) (clean []byte, ending string) {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return stripJPEG(b), ".jpg"
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return stripPNG(b), ".png"
	}
	return nil, ""
}

// stripJPEG copies the segments of the picture without the application's own and
// comments, up to its end (ISO/IEC 10918-1, Annex B): what cameras append behind it, such
// as smaller pictures with all about them, is left out too.
func stripJPEG(b []byte) []byte {
	turned, body := uint16(0), []byte{}
	for at := 2; at+4 <= len(b) && b[at] == 0xff; {
		marker := b[at+1]
		if marker == 0xff { // a fill byte
			at++
			continue
		}
		size := int(binary.BigEndian.Uint16(b[at+2:]))
		if size < 2 || at+2+size > len(b) {
			return nil
		}
		segment := b[at : at+2+size]
		at += 2 + size
		switch {
		case marker == 0xe1 && turned == 0:
			turned = orientation(segment[4:])
		case marker == 0xee: // Adobe's, without which colours are wrong
			body = append(body, segment...)
		case marker >= 0xe0 && marker <= 0xef || marker == 0xfe:
		default:
			body = append(body, segment...)
		}
		if marker != 0xda {
			continue
		}
		n := scanEnd(b[at:])
		if n < 0 {
			return nil
		}
		body = append(body, b[at:at+n]...)
		if at += n; b[at+1] == 0xd9 {
			out := bytes.Clone(b[:2])
			if turned > 1 && turned <= 8 {
				out = append(out, turn(turned)...)
			}
			return append(append(out, body...), 0xff, 0xd9)
		}
	}
	return nil
}

// scanEnd finds the marker that ends a scan, past stuffed bytes and restarts; -1 when
// there is none.
func scanEnd(b []byte) int {
	for n := 0; n+1 < len(b); n++ {
		if b[n] != 0xff {
			continue
		}
		if m := b[n+1]; m != 0 && m != 0xff && (m < 0xd0 || m > 0xd7) {
			return n
		}
	}
	return -1
}

// orientation finds the tag 0x0112 in the first directory of an Exif segment; 0 for none.
func orientation(b []byte) uint16 {
	if !bytes.HasPrefix(b, []byte("Exif\x00\x00")) || len(b) < 14 {
		return 0
	}
	b = b[6:]
	var order binary.ByteOrder = binary.LittleEndian
	if b[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(b[4:]))
	if at+2 > int64(len(b)) {
		return 0
	}
	for n := range int64(order.Uint16(b[at:])) {
		e := at + 2 + n*12
		if e+12 > int64(len(b)) {
			return 0
		}
		if order.Uint16(b[e:]) == 0x0112 {
			return order.Uint16(b[e+8:])
		}
	}
	return 0
}

// turn is an Exif segment that says which way up the picture is and nothing else.
func turn(way uint16) []byte {
	seg := []byte("\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00")
	binary.BigEndian.PutUint16(seg[len(seg)-8:], way)
	return seg
}

// stripPNG keeps the chunks that make the picture (ISO/IEC 15948).
func stripPNG(b []byte) []byte {
	out := bytes.Clone(b[:8])
	for at := 8; at+12 <= len(b); {
		size := int64(binary.BigEndian.Uint32(b[at:]))
		end := int64(at) + 12 + size
		if end > int64(len(b)) {
			return nil
		}
		switch name := string(b[at+4 : at+8]); name {
		case "IHDR", "PLTE", "IDAT", "tRNS", "gAMA", "cHRM", "sRGB", "cICP", "IEND":
			out = append(out, b[at:end]...)
			if name == "IEND" {
				return out
			}
		}
		at = int(end)
	}
	return nil
}
