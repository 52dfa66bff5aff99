package app_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"example.org/meantime/internal/platform/testkit"
)

func TestTheSetupLinkWorksOnce(t *testing.T) {
	for name, database := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return testkit.PostgresURL(t) }} {
		t.Run(name, func(t *testing.T) {
			if name == "postgres" && testing.Short() {
				t.Skip("PostgreSQL is left out of the quick loop")
			}
			a := open(t, options(t, database()))
			var out strings.Builder
			if err := a.Greet(t.Context(), &out, "http://127.0.0.1:8080"); err != nil {
				t.Fatal(err)
			}
			_, rest, ok := strings.Cut(out.String(), "http://meantime.test/setup?token=")
			if !ok {
				t.Fatalf("no link in %s", out.String())
			}
			token := strings.Fields(rest)[0]
			body := func(token string) string {
				return `{"token":"` + token + `","workspace":"N","name":"Ana","email":"ana@northwind.example","password":"` + password + `","zone":"Europe/Lisbon"}`
			}
			r := httptest.NewRecorder()
			req := httptest.NewRequest("POST", "/api/v1/setup", strings.NewReader(body("guess"+token)))
			req.Header.Set("Content-Type", "application/json")
			if a.Handler().ServeHTTP(r, req); r.Code < 400 {
				t.Errorf("a guessed link: %d", r.Code)
			}
			ask(t, a, "POST", "/setup", body(token), nil, 201)
			r = httptest.NewRecorder()
			req = httptest.NewRequest("POST", "/api/v1/setup", strings.NewReader(body(token)))
			req.Header.Set("Content-Type", "application/json")
			if a.Handler().ServeHTTP(r, req); r.Code < 400 {
				t.Errorf("a second time: %d", r.Code)
			}
			out.Reset()
			if err := a.Greet(t.Context(), &out, "http://127.0.0.1:8080"); err != nil || strings.Contains(out.String(), "token=") {
				t.Errorf("the next start says %s, %v", out.String(), err)
			}
		})
	}
}
