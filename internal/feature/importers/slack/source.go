package slack

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// entry is one file of the export, named from the export's own top folder.
type entry struct {
	name   string
	size   int64
	packed *zip.File // nil in a folder
}

// source is a zip file or a folder, read only, by name.
type source struct {
	label   string // what people call it: the last part of the path
	entries []entry
	prefix  string // the folder that wraps the export, with its slash
	zip     *os.File
	root    *os.Root
	limits  limits
}

// openSource lists what is in the archive and refuses what is dangerous, before
// anything of it is read.
func openSource(path string, l limits) (*source, error) {
	s := &source{label: filepath.Base(path), limits: l}
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(s.label, err)
	}
	if info.IsDir() {
		err = s.listFolder(path)
	} else {
		err = s.listZip(path)
	}
	if err == nil {
		err = s.settle()
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func unreadable(label string, err error) error {
	b := refuse(label, "it cannot be read; check the path and your right to read it")
	if errors.Is(err, fs.ErrNotExist) {
		b.Sentence = "there is no such file or folder; check the path"
	}
	b.err = err
	return b
}

// settle sorts the entries and finds the folder that the export is wrapped in.
func (s *source) settle() error {
	sort.Slice(s.entries, func(i, j int) bool { return s.entries[i].name < s.entries[j].name })
	if err := s.dropTwins(); err != nil {
		return err
	}
	prefix, err := s.findTop()
	if err != nil {
		return err
	}
	s.prefix = prefix
	kept := s.entries[:0]
	for _, e := range s.entries {
		if rest, ok := strings.CutPrefix(e.name, prefix); ok && rest != "" {
			e.name = rest
			kept = append(kept, e)
		}
	}
	clear(s.entries[len(kept):])
	s.entries = kept
	return nil
}

// dropTwins lets a file be there twice only when both are the same.
func (s *source) dropTwins() error {
	kept := s.entries[:0]
	for i, e := range s.entries {
		if i > 0 && e.name == s.entries[i-1].name {
			before := s.entries[i-1]
			if e.packed == nil || e.size != before.size || e.packed.CRC32 != before.packed.CRC32 {
				return refuse(e.name, "the archive holds this file twice with different content; export again from Slack")
			}
			continue
		}
		kept = append(kept, e)
	}
	s.entries = kept
	return nil
}

var lists = []string{"users.json", "channels.json", "groups.json", "dms.json", "mpims.json"}

// findTop finds where the export's lists are: at the top, or one folder down.
func (s *source) findTop() (string, error) {
	tops := map[string]bool{}
	for _, e := range s.entries {
		dir, base, deep := strings.Cut(e.name, "/")
		if !deep {
			dir, base = "", dir
		}
		for _, list := range lists {
			if base == list {
				tops[dir] = true
			}
		}
	}
	switch {
	case tops[""]:
		return "", nil
	case len(tops) == 1:
		for dir := range tops {
			return dir + "/", nil
		}
	case len(tops) > 1:
		return "", refuse(s.label, "it holds more than one export; import them one at a time")
	}
	return "", s.notAnExport()
}

// notAnExport guesses what else was chosen, so that the sentence can help.
func (s *source) notAnExport() error {
	for _, e := range s.entries {
		switch {
		case strings.HasSuffix(e.name, "slackdump.sqlite"), strings.HasSuffix(e.name, ".json.gz"):
			return refuse(s.label, `this is slackdump's own archive; turn it into an export with "slackdump convert -f export" and import that`)
		case strings.HasSuffix(strings.ToLower(e.name), ".zip"):
			return refuse(e.name, "the export is packed a second time inside; unpack the outer archive and import this one")
		}
	}
	return refuse(s.label, "this is not a Slack export: it has neither users.json nor channels.json; choose the zip file that Slack sent")
}

// find gives the entry of that name.
func (s *source) find(name string) (entry, bool) {
	i := sort.Search(len(s.entries), func(i int) bool { return s.entries[i].name >= name })
	if i < len(s.entries) && s.entries[i].name == name {
		return s.entries[i], true
	}
	return entry{}, false
}

// open reads one entry. More bytes than the archive promised are an error.
func (s *source) open(e entry) (io.ReadCloser, error) {
	var r io.ReadCloser
	var err error
	if e.packed != nil {
		r, err = e.packed.Open()
	} else {
		r, err = s.root.Open(filepath.FromSlash(s.prefix + e.name))
	}
	if err != nil {
		return nil, damaged(e.name, err)
	}
	return &bounded{r: r, left: e.size, name: e.name}, nil
}

func (s *source) close() error {
	var err error
	if s.zip != nil {
		err = s.zip.Close()
	}
	if s.root != nil {
		err = errors.Join(err, s.root.Close())
	}
	return err
}

// bounded gives at most the promised bytes and tells a damaged file from its end.
type bounded struct {
	r    io.ReadCloser
	left int64
	name string
}

func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, refuse(b.name, "it inflates to more than the archive says, as a zip bomb does; export again from Slack")
	}
	if err != nil && err != io.EOF {
		return n, damaged(b.name, err)
	}
	return n, err
}

func (b *bounded) Close() error { return b.r.Close() }

func damaged(name string, err error) error {
	b := refuse(name, "the file is damaged or cut off; fetch the export again")
	b.err = err
	return b
}
