package auth

import (
	"context"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"example.org/meantime/internal/core/people"
	"example.org/meantime/internal/platform/actor"
	"example.org/meantime/internal/platform/fault"
	"example.org/meantime/internal/platform/web"
)

type visitKey struct{}

// Middleware finds out who stands behind each request to the API and puts them
// into its context. A request without a valid cookie or token goes on without an
// actor; the operations that need one refuse it.
func (s *Service) Middleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/api/") {
			next.ServeHTTP(w, r)
			return
		}
		ctx := context.WithValue(r.Context(), visitKey{}, Visit{Address: s.peer(r), Agent: r.UserAgent()})
		cookie, bearer := credentials(r)
		if cookie != "" || bearer != "" {
			a, names, err := s.resolve(ctx, cookie, bearer)
			switch {
			case err == nil:
				ctx = people.WithNames(actor.With(ctx, a), names)
			case !fault.IsKind(err, fault.Unauthenticated):
				web.WriteProblem(w, err)
				return
			}
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func credentials(r *http.Request) (cookie, bearer string) {
	if c, err := r.Cookie(web.SessionCookie); err == nil {
		cookie = c.Value
	}
	if kind, token, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(kind, "Bearer") {
		bearer = strings.TrimSpace(token)
	}
	return cookie, bearer
}

// peer is the address that tries are counted for. What a header says about it is
// believed only from proxies on the list. An IPv6 network counts as one.
func (s *Service) peer(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return "unknown"
	}
	ip := at.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && s.trusts(ip); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		ip = before.Unmap()
	}
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}

func (s *Service) trusts(ip netip.Addr) bool {
	for _, p := range s.opt.Trusted {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

func visitOf(ctx context.Context) Visit {
	v, _ := ctx.Value(visitKey{}).(Visit)
	return v
}

// meCookie is an answer that also begins a session.
type meCookie struct {
	SetCookie string `header:"Set-Cookie"`
	Body      people.Me
}

func (s *Service) begin(ctx context.Context, i Issued, err error) (*meCookie, error) {
	if err != nil {
		return nil, err
	}
	me, err := s.people.Me(ctx, s.db, i.Actor)
	return &meCookie{SetCookie: s.cookie(i.Token), Body: me}, err
}

// cookie is what the browser is told to keep; an empty token tells it to forget.
// The server prolongs sessions by itself, so the browser keeps it for a year.
func (s *Service) cookie(token string) string {
	c := http.Cookie{ //nolint:gosec // Secure follows the public address: on plain http a secure cookie would be dropped
		Name: web.SessionCookie, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: s.secure(), MaxAge: int((365 * 24 * time.Hour).Seconds()),
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c.String()
}

// Routes registers the operations on sessions, tokens, the setup and invitations.
func (s *Service) Routes(api *web.API) {
	s.routesSetup(api)
	s.routesSessions(api)
	s.routesTokens(api)
	s.routesInvitations(api)
	s.routesAcceptance(api)
}

func (s *Service) routesSetup(api *web.API) {
	type setupOut struct {
		Needed bool `json:"needed" doc:"Nobody has an account yet: the server printed a setup link."`
	}
	web.Handle(api, web.Op{Method: "GET", Path: "/setup", ID: "setupNeeded", Summary: "Whether this installation still has to be set up.", Tag: "auth", Public: true},
		func(ctx context.Context, _ *struct{}) (*web.Out[setupOut], error) {
			needed, err := s.SetupNeeded(ctx)
			return &web.Out[setupOut]{Body: setupOut{needed}}, err
		})

	type setupIn struct {
		Body struct {
			Token     string `json:"token" maxLength:"200"`
			Workspace string `json:"workspace" minLength:"1" maxLength:"200"`
			Name      string `json:"name" minLength:"1" maxLength:"200"`
			Email     string `json:"email" maxLength:"254"`
			Password  string `json:"password" maxLength:"800"`
			Zone      string `json:"zone" maxLength:"64"`
		}
	}
	web.Handle(api, web.Op{Method: "POST", Path: "/setup", ID: "setUp", Summary: "Make the first workspace and its owner, with the link the server printed.", Tag: "auth", Public: true},
		func(ctx context.Context, in *setupIn) (*meCookie, error) {
			b := in.Body
			i, err := s.Setup(ctx, b.Token, NewOwner{b.Workspace, b.Name, b.Email, b.Password, b.Zone}, visitOf(ctx))
			return s.begin(ctx, i, err)
		})
}
