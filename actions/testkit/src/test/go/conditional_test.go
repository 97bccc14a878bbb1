package conditional

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"testing"

	"github.com/google/go-github/v74/github"
	"github.com/gregjones/httpcache"
)

// revalidating makes the cache ask for a fresh answer although max-age has not passed.
type revalidating struct{ next http.RoundTripper }

func (r revalidating) RoundTrip(req *http.Request) (*http.Response, error) {
	req = req.Clone(req.Context())
	req.Header.Set("Cache-Control", "max-age=0")
	return r.next.RoundTrip(req)
}

func client(t *testing.T) *github.Client {
	t.Helper()
	base, err := url.Parse(os.Getenv("SIMULATOR_URL") + "/")
	if err != nil {
		t.Fatal(err)
	}
	transport := revalidating{httpcache.NewMemoryCacheTransport()}
	c := github.NewClient(&http.Client{Transport: transport}).WithAuthToken(os.Getenv("SIMULATOR_TOKEN"))
	c.BaseURL = base
	return c
}

func TestSecondReadIsAFreeNotModified(t *testing.T) {
	c := client(t)
	ctx := context.Background()
	first, before, err := c.Repositories.Get(ctx, "octo-org", "repo-1")
	if err != nil {
		t.Fatal(err)
	}
	second, after, err := c.Repositories.Get(ctx, "octo-org", "repo-1")
	if err != nil {
		t.Fatal(err)
	}
	if after.Header.Get(httpcache.XFromCache) != "1" {
		t.Error("the second answer was not a 304 served from the cache")
	}
	if before.Rate.Remaining != after.Rate.Remaining {
		t.Errorf("remaining went from %d to %d", before.Rate.Remaining, after.Rate.Remaining)
	}
	if first.GetFullName() != second.GetFullName() {
		t.Errorf("read %q, then %q", first.GetFullName(), second.GetFullName())
	}
}

func TestAllPagesOfAListAreWalked(t *testing.T) {
	c := client(t)
	options := &github.IssueListByRepoOptions{
		State:       "all",
		ListOptions: github.ListOptions{PerPage: 100},
	}
	seen := map[int]bool{}
	for {
		issues, response, err := c.Issues.ListByRepo(context.Background(), "octo-org", "repo-1", options)
		if err != nil {
			t.Fatal(err)
		}
		for _, issue := range issues {
			seen[issue.GetNumber()] = true
		}
		if response.NextPage == 0 {
			break
		}
		options.ListOptions.Page = response.NextPage
	}
	if len(seen) != 230 {
		t.Errorf("saw %d issues, not 230", len(seen))
	}
}
