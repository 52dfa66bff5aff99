package slack

import (
	"path"
	"regexp"
	"strings"
)

// readChannels reads the four lists of channels. A channel in two lists is as closed as
// the more closed one says.
func (a *Archive) readChannels(t tally) error {
	for _, list := range []struct {
		file string
		kind Kind
	}{{"channels.json", Public}, {"groups.json", Private}, {"mpims.json", GroupDM}, {"dms.json", DM}} {
		err := eachIn(a, list.file, t, func(r *rawChannel) { a.addChannel(r, list.kind) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *Archive) addChannel(r *rawChannel, kind Kind) {
	if r.ID == "" {
		r.ID = r.Name
	}
	if r.ID == "" {
		return
	}
	if r.IsMPIM {
		kind = closer(kind, GroupDM)
	} else if r.IsPrivate {
		kind = closer(kind, Private)
	}
	if i, twice := a.channelAt[r.ID]; twice {
		a.channels[i].Kind = closer(a.channels[i].Kind, kind)
		return
	}
	c := Channel{
		Key: r.ID, Name: firstOf(r.Name, r.ID), Kind: kind, Creator: r.Creator, Members: r.Members,
		Topic: r.Topic.Value, Purpose: r.Purpose.Value, General: r.IsGeneral, Archived: r.IsArchived,
		Created: r.Created.time(),
	}
	pins := map[string]bool{}
	for _, pin := range r.Pins {
		if at, ok := stamp(pin.ID).micros(); ok && !pins[keyOf(at)] {
			pins[keyOf(at)] = true
			c.Pins = append(c.Pins, keyOf(at))
		}
	}
	a.channelAt[r.ID] = len(a.channels)
	a.channels = append(a.channels, c)
	a.pins[r.ID] = pins
}

func closer(a, b Kind) Kind {
	rank := map[Kind]int{Public: 0, Private: 1, GroupDM: 2, DM: 3}
	if rank[b] > rank[a] {
		return b
	}
	return a
}

var dayFile = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}\.json$`)

// shelve gives every entry to whom it belongs: days to channels, bytes to files.
func (a *Archive) shelve(t tally) {
	shelves := a.shelves()
	for _, e := range a.src.entries {
		dir, rest, deep := strings.Cut(e.name, "/")
		switch key, known := shelves[dir]; {
		case !deep:
		case dir == "__uploads":
			if id, name, ok := strings.Cut(rest, "/"); ok && name != "" {
				a.uploads[id] = e.name
			}
		case strings.HasPrefix(rest, "attachments/"):
			if id, _, ok := strings.Cut(path.Base(rest), "-"); ok {
				a.uploads[id] = e.name
			}
		case strings.HasPrefix(rest, "canvas"):
			t.add(reasonCanvases, e.name)
		case !dayFile.MatchString(rest):
		case known:
			a.days[key] = append(a.days[key], e)
			a.channels[a.channelAt[key]].Days = append(a.channels[a.channelAt[key]].Days, e.name)
			a.progress.total += e.size
		default:
			t.add(reasonUnlisted, e.name)
		}
	}
}

// shelves says which folder is whose. Channels have folders by name and direct messages
// by id; where two channels have one name, the folder is the first one's.
func (a *Archive) shelves() map[string]string {
	m := map[string]string{}
	for _, byName := range []bool{true, false} {
		for _, c := range a.channels {
			dir := c.Key
			if byName {
				dir = c.Name
			}
			if m[dir] == "" {
				m[dir] = c.Key
			}
		}
	}
	return m
}

// readCanvases counts canvases, which are not messages and do not come in.
func (a *Archive) readCanvases(t tally) error {
	return eachIn(a, "canvases.json", t, func(r *rawFile) { t.add(reasonCanvases, firstOf(r.Title, r.Name, r.ID)) })
}

// nameDirectMessages calls a direct message by its people rather than by its id.
func (a *Archive) nameDirectMessages() {
	for i := range a.channels {
		c := &a.channels[i]
		if c.Kind != DM && c.Kind != GroupDM {
			continue
		}
		var names []string
		for _, m := range c.Members {
			if name, ok := a.called(m); ok {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			c.Name = strings.Join(names, ", ")
		}
	}
}

func (a *Archive) convertTopics() {
	for i := range a.channels {
		c := &a.channels[i]
		c.Topic, _ = a.markdown(c.Topic)
		c.Purpose, _ = a.markdown(c.Purpose)
	}
}

// labelled is the name that a link to a channel shows.
func (a *Archive) labelled(channel string) (string, bool) {
	i, ok := a.channelAt[channel]
	if !ok {
		return "", false
	}
	return a.channels[i].Name, true
}
