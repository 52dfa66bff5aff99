package pages

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/clock"
	"example.org/meantime/internal/platform/db"
	"example.org/meantime/internal/platform/event"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/job"
)

// kindHook is the job that posts one thing to a pager.
const kindHook = "pages.hook"

type hookJob struct {
	Hook id.ID `json:"hook"`
}

// giveUp is for how long a pager is tried.
const giveUp = 24 * time.Hour

// SetHook has a space's pages posted to an address too, and answers the secret that
// signs them: it is shown this once. An empty address stops it.
func (s *Service) SetHook(ctx context.Context, a actor.Actor, space id.ID, address string) (secret string, err error) {
	err = s.changePath(ctx, a, space, func(p *Path) error {
		if address != "" {
			var err error
			if secret, err = s.newSecret(address); err != nil {
				return err
			}
		}
		p.HookURL, p.HookSecret = address, secret
		return nil
	})
	if err != nil {
		return "", err
	}
	return secret, nil
}

// newSecret makes a secret for an address that can be posted to.
func (s *Service) newSecret(address string) (string, error) {
	if s.opt.Hooks == nil {
		return "", fault.New(fault.Invalid, "no_hooks", "This installation posts to no pagers. Ask whoever runs it.").At("url")
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || len(address) > 2000 {
		return "", fault.New(fault.Invalid, "hook_url", "Give the address of the pager, such as https://pager.example/hooks/1, without a user and password.").At("url")
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	return secretPrefix + base64.StdEncoding.EncodeToString(key), nil
}

// secretPrefix begins a secret, as Standard Webhooks write it.
const secretPrefix = "whsec_"

// hookBody is what a pager is told.
type hookBody struct {
	Type      string    `json:"type"` // page.called, page.acknowledged, page.resolved, page.spent, page.test
	Timestamp time.Time `json:"timestamp"`
	Data      hookData  `json:"data"`
}

type hookData struct {
	Page      string   `json:"page"`
	Space     string   `json:"space"`
	Title     string   `json:"title"`
	Reason    string   `json:"reason"`
	Otherwise string   `json:"otherwise"`
	State     string   `json:"state"`
	Step      int64    `json:"step"`
	People    []string `json:"people"` // whom this step called, by name
	URL       string   `json:"url"`
}

// tellPager leaves what happened to a page for a job to post, where the space has a
// pager.
func (s *Service) tellPager(ctx context.Context, tx *db.Tx, p *Page, kind string) error {
	path, err := s.path(ctx, tx, tx.Workspace, p.Space)
	if err != nil || path.HookURL == "" {
		return err
	}
	t, err := s.spaces.Thread(ctx, tx, house(tx.Workspace), p.Thread)
	if err != nil {
		return err
	}
	sp, err := s.spaces.Space(ctx, tx, house(tx.Workspace), p.Space)
	if err != nil {
		return err
	}
	who, err := s.people.ByIDs(ctx, tx, tx.Workspace, p.people())
	if err != nil {
		return err
	}
	body := hookBody{Type: kind, Timestamp: tx.Now.Time(), Data: hookData{
		Page: id.Encode("page", p.ID), Space: sp.Name, Title: t.Title, Reason: p.Reason, Otherwise: p.Otherwise, State: p.State, Step: p.Step,
		People: []string{}, URL: strings.TrimRight(s.opt.Origin, "/") + threadPath(p),
	}}
	for _, c := range p.Calls {
		if c.Step == p.Step && c.Outcome == paged {
			body.Data.People = append(body.Data.People, who[c.Person].Name)
		}
	}
	return s.leave(ctx, tx, p.ID, body)
}

func (s *Service) leave(ctx context.Context, tx *db.Tx, page id.ID, body hookBody) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	h := hookRow{ID: id.New(tx.Now), PageID: page, Kind: body.Type, Body: string(text)}
	if err := insertHook(ctx, tx, h); err != nil {
		return err
	}
	return job.Enqueue(ctx, tx, kindHook, hookJob{h.ID}, job.Options{Dedup: "hook:" + h.ID.String(), Attempts: patient})
}

// Send posts one thing to the pager of its space. A repeat carries the same id, by
// which the pager knows it. It is tried for a day.
func (s *Service) Send(ctx context.Context, ws, hook id.ID) error {
	h, ok, err := hookByID(ctx, s.db, ws, hook)
	if err != nil || !ok || !h.SentAt.IsZero() {
		return err
	}
	p, ok, err := loadPage(ctx, s.db, ws, h.PageID)
	if err != nil || !ok {
		return err
	}
	path, err := s.path(ctx, s.db, ws, p.Space)
	if err != nil || path.HookURL == "" || s.opt.Hooks == nil {
		return err
	}
	now := s.now()
	status, err := s.opt.Hooks.Post(ctx, path.HookURL, signed(path.HookSecret, id.Encode("msg", h.ID), now, []byte(h.Body)), []byte(h.Body))
	problem := ""
	switch {
	case err != nil:
		problem = "the pager could not be reached"
	case status < 200 || status > 299:
		problem = fmt.Sprintf("the pager answered %d", status)
	}
	sent := now
	if problem != "" {
		sent = 0
	}
	if werr := s.db.Write(context.WithoutCancel(ctx), ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("what became of a try")
		return endHook(ctx, tx, h.ID, sent, problem)
	}); werr != nil {
		return werr
	}
	switch {
	case problem == "":
		return nil
	case now.Sub(h.MadeAt) > giveUp, status == 410:
		return job.Dead(fmt.Errorf("pages: %s: %w", problem, errors.Join(err, errPager)))
	}
	return fmt.Errorf("pages: %s: %w", problem, errors.Join(err, errPager))
}

var errPager = errors.New("a pager did not take it")

// signed are the headers of Standard Webhooks: an id that a repeat keeps, when it was
// sent, and a signature of both and the body.
func signed(secret, message string, at clock.Instant, body []byte) map[string]string {
	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, secretPrefix))
	stamp := strconv.FormatInt(at.Time().Unix(), 10)
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte(message + "." + stamp + "."))
	_, _ = mac.Write(body)
	return map[string]string{
		"content-type": "application/json", "webhook-id": message, "webhook-timestamp": stamp,
		"webhook-signature": "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)),
	}
}

func threadPath(p *Page) string { return "/threads/" + id.Encode("thr", p.Thread) }

// kindWeek is the job that tells of a week in which a space went over its budget.
const kindWeek = "pages.week"

type weekJob struct {
	Space  id.ID  `json:"space"`
	Monday string `json:"monday"` // on which the week has ended
}

// reportWeek has the week told of at its end, because of a page over the budget.
func (s *Service) reportWeek(ctx context.Context, tx *db.Tx, p *Page) error {
	day := tx.Now.Time().Truncate(24 * time.Hour)
	monday := day.AddDate(0, 0, 7-(int(day.Weekday())+6)%7)
	args := weekJob{p.Space, monday.Format(time.DateOnly)}
	return job.Enqueue(ctx, tx, kindWeek, args, job.Options{
		At: clock.At(monday), Dedup: fmt.Sprintf("pages.week:%s:%s", p.Space, args.Monday), Attempts: patient,
	})
}

// TellWeek tells the members of a space, at their next check time, that it went over
// its budget in the week that ended on a Monday. It does so once.
func (s *Service) TellWeek(ctx context.Context, ws, space id.ID, monday string) error {
	return s.db.Write(ctx, ws, func(ctx context.Context, tx *db.Tx) error {
		tx.Quiet("a week that was told of already")
		first, err := putWeek(ctx, tx, space, monday)
		if err != nil || !first {
			return err
		}
		members, err := s.spaces.Members(ctx, tx, ws, space)
		if err != nil || len(members) == 0 {
			return err
		}
		event.Append(tx, event.New{
			Kind: EventWeek, Subject: event.Ref{Kind: "urgent_week", ID: space}, Space: space, Concerns: members, Data: map[string]string{"monday": monday},
		})
		return nil
	})
}

// host is where a pager is, without the rest of its address, which may hold a secret.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
