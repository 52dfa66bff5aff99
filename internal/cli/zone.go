package cli

import (
	"context"
	"time"
)

// ownZone is the zone in which whoever is signed in lives by their schedule, wherever
// their machine stands; the machine's own where nobody is, or the server does not say.
func ownZone(ctx context.Context) *time.Location {
	c, err := signedIn()
	if err != nil {
		return time.Local
	}
	var me struct {
		Person struct {
			Zone string `json:"zone"`
		} `json:"person"`
	}
	if err := c.call(ctx, "GET", "/me", nil, &me); err != nil || me.Person.Zone == "" {
		return time.Local
	}
	zone, err := time.LoadLocation(me.Person.Zone)
	if err != nil {
		return time.Local
	}
	return zone
}
