module cachemesh.test/conditional

go 1.24

require (
	github.com/google/go-github/v74 v74.0.0
	github.com/gregjones/httpcache v0.0.0-20190611155906-901d90724c79
)

require github.com/google/go-querystring v1.1.0 // indirect
