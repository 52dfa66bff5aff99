package importers

import (
	"context"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/feature/importers/slack"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
)

// bringPeople matches everybody in the export with somebody here, by e-mail and
// then by who they were in an earlier import, and adds the rest as placeholders.
func (r *run) bringPeople(ctx context.Context) error {
	all := r.a.People()
	done := int64(0)
	for _, part := range parts(all, 100) {
		r.tell("People", done, int64(len(all)))
		var found map[string]people.Person
		err := r.write(ctx, r.at, func(ctx context.Context, tx *db.Tx) (c Counts, err error) {
			if found, err = r.match(ctx, tx, part); err != nil {
				return c, err
			}
			for _, p := range part {
				if _, ok := found[p.Key]; ok {
					continue
				}
				if found[p.Key], err = r.addPerson(ctx, tx, p, found); err != nil {
					return c, err
				}
				c.People++
			}
			return c, r.rememberPeople(ctx, tx, part, found)
		})
		if err != nil {
			return err
		}
		for k, p := range found {
			r.people[k] = p
		}
		done += int64(len(part))
	}
	r.report.PeopleKnown = max(0, int64(len(all))-r.report.People)
	return nil
}

// match finds who of a list is here: the keys are those of the export.
func (r *run) match(ctx context.Context, q db.Queryer, list []slack.Person) (map[string]people.Person, error) {
	keys, mails := make([]string, 0, len(list)), make([]string, 0, len(list))
	for _, p := range list {
		keys = append(keys, r.key("", p.Key))
		if people.FoldEmail(p.Email) != "" {
			mails = append(mails, p.Email)
		}
	}
	byMail, err := r.s.people.ByEmails(ctx, q, r.ws, mails)
	if err != nil {
		return nil, err
	}
	byKey, err := loadPeople(ctx, q, r.ws, keys)
	if err != nil {
		return nil, err
	}
	ids := make([]id.ID, 0, len(byKey))
	for _, x := range byKey {
		ids = append(ids, x)
	}
	who, err := r.s.people.ByIDs(ctx, q, r.ws, ids)
	if err != nil {
		return nil, err
	}
	out := map[string]people.Person{}
	for _, p := range list {
		if found, ok := byMail[p.Email]; ok && p.Email != "" {
			out[p.Key] = found
		} else if found, ok := who[byKey[r.key("", p.Key)]]; ok {
			out[p.Key] = found
		}
	}
	return out, nil
}

const longestName = 80

// addPerson adds somebody who is not here. Two of the export with one e-mail are
// one person. Nobody becomes an administrator by an import.
func (r *run) addPerson(ctx context.Context, tx *db.Tx, p slack.Person, found map[string]people.Person) (people.Person, error) {
	n := people.NewPerson{
		Name: personName(p), Email: people.FoldEmail(p.Email), Handle: p.Handle, Role: actor.Member, Zone: p.Zone,
		Title: text.Cut(p.Title, 200), State: people.Placeholder, Bot: p.Bot,
	}
	if n.Email != "" {
		for _, other := range found {
			if other.Email == n.Email {
				return other, nil
			}
		}
	}
	if p.Guest != slack.Member {
		n.Role = actor.Guest
	}
	if p.Deleted {
		n.State = people.Removed
	}
	out, err := r.s.people.AddTx(ctx, tx, n)
	if fault.IsKind(err, fault.Invalid) { // a zone or handle that we know better than to take
		n.Zone, n.Handle = "", ""
		out, err = r.s.people.AddTx(ctx, tx, n)
	}
	return out, err
}

func personName(p slack.Person) string {
	for _, name := range []string{p.Name, p.DisplayName, p.Handle, "Somebody"} {
		if name = text.Cut(people.CleanName(name), longestName); name != "" {
			return name
		}
	}
	return ""
}

func (r *run) rememberPeople(ctx context.Context, tx *db.Tx, list []slack.Person, found map[string]people.Person) error {
	for _, p := range list {
		if err := savePerson(ctx, tx, r.key("", p.Key), found[p.Key].ID); err != nil {
			return err
		}
	}
	return nil
}

// persons finds people by their keys, each once; unknown keys are left out.
func (r *run) persons(keys []string) []id.ID {
	out := make([]id.ID, 0, len(keys))
	seen := make(map[id.ID]bool, len(keys))
	for _, k := range keys {
		if p, ok := r.people[k]; ok && !seen[p.ID] {
			seen[p.ID] = true
			out = append(out, p.ID)
		}
	}
	return out
}
