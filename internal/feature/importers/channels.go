package importers

import (
	"context"
	"slices"
	"strings"

	"example.org/meantime/internal/core/spaces"
	"example.org/meantime/internal/feature/importers/slack"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/id"
)

// channel is what an earlier export said of a channel.
type channel struct {
	ExtKey   string
	SpaceID  id.ID
	Members  db.JSON[[]id.ID]
	Pins     db.JSON[[]string]
	Archived bool
}

// bringSpaces makes a space of each channel: an open one of a public channel, and
// of all others a private one with exactly the people that the channel had.
func (r *run) bringSpaces(ctx context.Context) error {
	all := r.a.Channels()
	for i, part := range parts(all, 50) {
		r.tell("Spaces", int64(i*50), int64(len(all)))
		var made map[string]channel
		var closed []id.ID
		err := r.write(ctx, r.at, func(ctx context.Context, tx *db.Tx) (c Counts, err error) {
			made, closed = map[string]channel{}, nil
			for k := range part {
				was, now, err := r.bringSpace(ctx, tx, &part[k], &c)
				if err != nil {
					return c, err
				}
				made[part[k].Key] = was
				if !was.SpaceID.IsZero() && now.Archived && !was.Archived {
					closed = append(closed, now.SpaceID)
				}
				r.spaces[part[k].Key] = now.SpaceID
			}
			return c, nil
		})
		if err != nil {
			return err
		}
		for k := range part {
			r.pins[part[k].Key] = newPins(part[k].Pins, made[part[k].Key].Pins.V)
		}
		if err := r.archive(ctx, closed); err != nil {
			return err
		}
	}
	return nil
}

// bringSpace makes the space of a channel, or adds the members whom an earlier
// export did not have. It gives what was known and what is known now.
func (r *run) bringSpace(ctx context.Context, tx *db.Tx, c *slack.Channel, n *Counts) (was, now channel, err error) {
	key := r.key(c.Key, "")
	was, _, err = loadChannel(ctx, tx, r.ws, key)
	if err != nil {
		return was, now, err
	}
	members, leads := r.membersOf(c)
	fresh := slices.DeleteFunc(slices.Clone(members), func(x id.ID) bool { return slices.Contains(was.Members.V, x) })
	leads = slices.DeleteFunc(leads, func(x id.ID) bool { return slices.Contains(was.Members.V, x) })
	space, added, err := r.s.spaces.ImportSpaceTx(ctx, tx, spaces.ImportSpace{
		Key: key, Name: c.Name, Purpose: r.plain(purpose(c)), Private: c.Kind != slack.Public, Archived: c.Archived,
		By: r.people[c.Creator].ID, At: clock.At(c.Created), Members: fresh, Leads: leads,
	})
	if err != nil {
		return was, now, err
	}
	if added {
		n.Spaces++
	}
	now = channel{ExtKey: key, SpaceID: space, Archived: c.Archived, Pins: was.Pins}
	now.Members.V = append(append([]id.ID{}, was.Members.V...), fresh...)
	if now.Pins.V == nil {
		now.Pins.V = []string{}
	}
	return was, now, saveChannel(ctx, tx, now)
}

// membersOf lists a channel's members and those who lead its space. Somebody must
// be able to open and change a private space: its creator where the export names
// no members, and everybody in it where the creator is gone.
func (r *run) membersOf(c *slack.Channel) (members, leads []id.ID) {
	members = r.persons(c.Members)
	creator, ok := r.people[c.Creator]
	if len(members) == 0 && ok && c.Kind != slack.Public {
		members = []id.ID{creator.ID}
	}
	switch {
	case ok && slices.Contains(members, creator.ID) && (c.Kind == slack.Public || c.Kind == slack.Private):
		leads = []id.ID{creator.ID}
	case c.Kind != slack.Public:
		leads = slices.Clone(members)
	}
	return members, leads
}

// orphans reports the private channels whose spaces nobody will be able to open.
func (r *run) orphans() {
	known := map[string]bool{}
	for _, p := range r.a.People() {
		known[p.Key] = true
	}
	for _, c := range r.a.Channels() {
		if c.Kind != slack.Public && len(c.Members) == 0 && !known[c.Creator] {
			r.report.skip("private_without_members", "private channels whose members the export does not name; nobody can open their spaces", c.Name)
		}
	}
}

// purpose joins what a channel is for and what it is about now.
func purpose(c *slack.Channel) string {
	topic, aim := strings.TrimSpace(c.Topic), strings.TrimSpace(c.Purpose)
	switch {
	case aim == "" || aim == topic:
		return topic
	case topic == "":
		return aim
	}
	return aim + " · " + topic
}

// archive closes spaces whose channels were archived since an earlier export.
func (r *run) archive(ctx context.Context, list []id.ID) error {
	yes := true
	for _, x := range list {
		sp, err := r.s.spaces.Space(ctx, r.s.db, actor.System(r.ws), x)
		if err != nil {
			return err
		}
		if !sp.ArchivedAt.IsZero() {
			continue
		}
		if err := r.s.spaces.ChangeSpace(ctx, actor.System(r.ws), x, spaces.SpaceChange{Archived: &yes}); err != nil {
			return err
		}
	}
	return nil
}

// newPins are the pins that an earlier export did not have: what people unpinned
// here since stays so.
func newPins(now, before []string) map[string]bool {
	out := map[string]bool{}
	for _, k := range now {
		if !slices.Contains(before, k) {
			out[k] = true
		}
	}
	return out
}
