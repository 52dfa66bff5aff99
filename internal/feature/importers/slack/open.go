package slack

import (
	"context"
	"io"
)

// Archive is an export that was read once from end to end and found whole.
// Its methods may be used by several goroutines.
type Archive struct {
	src         *source
	team        string
	people      []Person
	byKey       map[string]int    // person key to place in people
	botUsers    map[string]string // bot id to person key
	botNames    map[string]string // bot id to the name it wrote under
	channels    []Channel
	channelAt   map[string]int // channel key to place in channels
	days        map[string][]entry
	index       map[string]index // channel key to its threads, in order of time
	pins        map[string]map[string]bool
	uploads     map[string]string // file id to the entry with its bytes
	report      Report
	fingerprint string
	progress    *progress
}

// Options change how an archive is opened. The zero value is the usual way.
type Options struct {
	// Progress is told now and then how many bytes of messages were read, of how many.
	Progress func(done, total int64)
	limits   limits
}

// Open opens an export, a zip file or a folder, and reads it once. What is damaged,
// hostile or no export at all is refused with *BadArchive, which is fit for people.
// Nothing is unpacked to disk.
func Open(path string) (*Archive, error) {
	return OpenWith(context.Background(), path, Options{})
}

// OpenWith is Open with progress, and ends early with the context's error when cancelled.
func OpenWith(ctx context.Context, path string, o Options) (*Archive, error) {
	if o.limits == (limits{}) {
		o.limits = usualLimits()
	}
	src, err := openSource(path, o.limits)
	if err != nil {
		return nil, err
	}
	a := &Archive{
		src: src, byKey: map[string]int{}, botUsers: map[string]string{}, botNames: map[string]string{},
		channelAt: map[string]int{}, days: map[string][]entry{}, index: map[string]index{},
		pins: map[string]map[string]bool{}, uploads: map[string]string{}, progress: &progress{tell: o.Progress},
	}
	if err := a.read(ctx); err != nil {
		src.close()
		return nil, err
	}
	return a, nil
}

// read goes through the whole export, lists first.
func (a *Archive) read(ctx context.Context) error {
	t := tally{}
	for _, step := range []func(tally) error{a.readPeople, a.readChannels, a.readCanvases} {
		if err := step(t); err != nil {
			return err
		}
	}
	a.shelve(t)
	if err := a.scan(ctx, t); err != nil {
		return err
	}
	a.nameDirectMessages()
	a.convertTopics()
	a.countPeople(t)
	a.countChannels(t)
	a.report.Archive, a.report.Team = a.src.label, a.team
	t.into(&a.report)
	return a.takeFingerprint()
}

// Close lets go of the file. Threads and OpenFile fail afterwards.
func (a *Archive) Close() error { return a.src.close() }

// Team is Slack's id of the workspace, or empty when the export does not say.
func (a *Archive) Team() string { return a.team }

// Fingerprint is the same for the same export, packed or unpacked, and differs when
// anything in it does. It is 64 hexadecimal digits.
func (a *Archive) Fingerprint() string { return a.fingerprint }

// People gives everybody in the export, in the order of its list, and then the authors
// whom only messages know. The slice is shared: do not change it.
func (a *Archive) People() []Person { return a.people }

// Channels gives every channel, the most public first. The slice is shared: do not change it.
func (a *Archive) Channels() []Channel { return a.channels }

// OpenFile reads the bytes of an included file. For other files it says that the
// archive has none.
func (a *Archive) OpenFile(f File) (io.ReadCloser, error) {
	e, ok := a.src.find(f.Path)
	if !ok || f.Mode != Included {
		return nil, refuse(f.Name, "the archive does not hold the content of this file; follow its link to Slack instead")
	}
	return a.src.open(e)
}

func (a *Archive) has(name string) bool {
	_, ok := a.src.find(name)
	return ok
}

// eachIn reads a list of the export. A list that is not there is empty.
func eachIn[T any](a *Archive, name string, t tally, yield func(*T)) error {
	e, ok := a.src.find(name)
	if !ok {
		return nil
	}
	return a.src.eachElement(e, func(raw []byte) error {
		var v T
		odd, err := decode(raw, &v)
		if err != nil {
			return err
		}
		if odd {
			t.add(reasonOdd, name)
		}
		yield(&v)
		return nil
	})
}

// progress tells about bytes read, about once a percent.
type progress struct {
	tell              func(done, total int64)
	done, total, told int64
}

func (p *progress) add(n int64) {
	if p.tell == nil {
		return
	}
	p.done += n
	if p.done-p.told >= p.total/100 || p.done == p.total {
		p.told = p.done
		p.tell(p.done, p.total)
	}
}
