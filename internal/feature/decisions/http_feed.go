package decisions

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"net/http"
	"strings"
	"time"

	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/id"
	"example.org/meantime/internal/platform/text"
	"example.org/meantime/internal/platform/web"
)

// FeedPath is where the feeds of registers are, each a secret and ".atom" behind it.
const FeedPath = "/feeds/decisions/"

// Mount registers what is no operation of the API: the feeds.
func (s *Service) Mount(mux *http.ServeMux) { mux.HandleFunc("GET "+FeedPath+"{file}", s.serveFeed) }

func (s *Service) routesFeed(api *web.API) {
	web.Handle(api, web.Op{Method: "GET", Path: "/me/decision-feed", ID: "getDecisionFeed", Summary: "Whether your register has a feed.", Tag: tag}, s.getFeed)
	web.Handle(api, web.Op{Method: "POST", Path: "/me/decision-feed", ID: "makeDecisionFeed", Summary: "Make the feed of your register, or give it a new address; the one before opens nothing.", Tag: tag, Secret: true}, s.postFeed)
	web.Handle(api, web.Op{Method: "DELETE", Path: "/me/decision-feed", ID: "endDecisionFeed", Summary: "Switch the feed of your register off.", Tag: tag, Status: 204}, s.deleteFeedOp)
}

// DecisionFeed is the feed of somebody's register.
type DecisionFeed struct {
	MadeAt *time.Time `json:"made_at" doc:"Null while there is none."`
	URL    string     `json:"url" doc:"Whoever has this address can read the register. Told when it is made, this once."`
}

func (s *Service) getFeed(ctx context.Context, _ *struct{}) (*web.Out[DecisionFeed], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	f, _, err := s.HasFeed(ctx, a)
	return &web.Out[DecisionFeed]{Body: DecisionFeed{MadeAt: f.MadeAt.Pointer()}}, err
}

func (s *Service) postFeed(ctx context.Context, _ *struct{}) (*web.Out[DecisionFeed], error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	secret, err := s.MakeFeed(ctx, a)
	if err != nil {
		return nil, err
	}
	return &web.Out[DecisionFeed]{Body: DecisionFeed{MadeAt: s.now().Pointer(), URL: s.origin + FeedPath + secret + ".atom"}}, nil
}

func (s *Service) deleteFeedOp(ctx context.Context, _ *struct{}) (*web.None, error) {
	a, err := actor.From(ctx)
	if err != nil {
		return nil, err
	}
	return &web.None{}, s.EndFeed(ctx, a)
}

// The shape of an Atom feed (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Link    atomLink    `xml:"link"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Content atomText `xml:"content"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// serveFeed answers a feed reader that has an address and nothing else. What its owner
// may read is asked anew each time.
func (s *Service) serveFeed(w http.ResponseWriter, r *http.Request) {
	secret, _ := strings.CutSuffix(r.PathValue("file"), ".atom")
	list, workspace, err := s.ReadFeed(r.Context(), secret)
	if err != nil {
		web.WriteProblem(w, err)
		return
	}
	body, err := xml.MarshalIndent(s.atom(list, workspace), "", "  ")
	if err != nil {
		web.WriteProblem(w, err)
		return
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Set("X-Robots-Tag", "noindex")
	if strings.Contains(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Type", "application/atom+xml; charset=utf-8")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(append([]byte(xml.Header), body...)) //nolint:gosec // XML made by encoding/xml
}

func (s *Service) atom(list []Decision, workspace string) atomFeed {
	f := atomFeed{ID: s.origin + "/decisions", Title: "Decisions at " + workspace, Link: atomLink{s.origin + "/decisions"}, Author: workspace, Updated: time.Unix(0, 0).UTC().Format(time.RFC3339)}
	for i, d := range list {
		at := d.ChangedAt.Time().Format(time.RFC3339)
		if i == 0 {
			f.Updated = at
		}
		f.Entries = append(f.Entries, atomEntry{
			ID: "urn:meantime:" + id.Encode("dec", d.ID), Title: d.headline(), Updated: at, Link: atomLink{s.origin + d.Path()},
			Content: atomText{Type: "html", Text: d.story()},
		})
	}
	return f
}

// headline says in a line how a decision stands.
func (d *Decision) headline() string {
	word := map[State]string{
		Draft: "Draft", Scheduled: "Opens later", Open: "Open", Closed: "Ended", Decided: "Decided", Withdrawn: "Called off", stateSuperseded: "Replaced",
	}[d.shownState()]
	return word + ": " + d.Title
}

// story is what is known of it for everybody who reads the space: no ballots.
func (d *Decision) story() string {
	if d.Outcome == "" {
		return text.Render(d.Context)
	}
	out := text.Render(d.Outcome)
	for _, part := range []struct{ name, words string }{{"Why", d.Notes.V.Reason}, {"Dissent", d.Notes.V.Dissent}} {
		if part.words != "" {
			out += "<h3>" + part.name + "</h3>" + text.Render(part.words)
		}
	}
	return out
}
