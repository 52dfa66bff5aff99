package slack

import (
	"io/fs"
	"os"
)

// listFolder walks a folder without following links and without leaving it.
func (s *source) listFolder(path string) error {
	root, err := os.OpenRoot(path)
	if err != nil {
		return unreadable(s.label, err)
	}
	s.root = root
	var total int64
	return fs.WalkDir(root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return unreadable(name, err)
		}
		if d.IsDir() || litter(name) {
			return nil
		}
		if !d.Type().IsRegular() {
			return refuse(name, "a link or a device in place of a file is not followed; copy the export without links")
		}
		if err := checkName(name); err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return unreadable(name, err)
		}
		s.entries = append(s.entries, entry{name: name, size: info.Size()})
		if total += info.Size(); total > s.limits.total {
			return refuse(s.label, "it holds more than %d GiB; ask Slack for a shorter period", s.limits.total>>30)
		}
		if len(s.entries) > s.limits.entries {
			return s.tooMany()
		}
		return nil
	})
}
