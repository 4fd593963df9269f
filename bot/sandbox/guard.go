package sandbox

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"strings"
)

// pagePolicy lets the page load from here and nowhere else, besides pictures from
// the webhook server, and nothing inline: should a message's text ever become markup, it still cannot run.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: %s; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard refuses requests that were addressed to another host, which is how a
// foreign page would reach a loopback server by rebinding its DNS name.
func guard(next http.Handler, pictures string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) {
			http.Error(w, "the sandbox answers on this machine only", http.StatusForbidden)
			return
		}
		header := w.Header()
		header.Set("Content-Security-Policy", fmt.Sprintf(pagePolicy, pictures))
		header.Set("X-Content-Type-Options", "nosniff")
		// Not no-referrer: browsers would then send "null" as a form's origin.
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}

// loopback reports whether a Host header names this machine. An address cannot
// be rebound, so any loopback address will do; of names, only localhost.
func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	return host == "localhost" || net.ParseIP(host).IsLoopback()
}

// private lets in who has the page's token, in the address the first time and
// by a cookie from then on, and refuses what another site's page sends.
func (s *Sandbox) private(next http.HandlerFunc) http.Handler {
	origins := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := origins.Check(r); err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		name := s.cookieName()
		if token := r.URL.Query().Get("token"); token != "" && r.Method == http.MethodGet {
			if !s.isToken(token) {
				s.locked(w)
				return
			}
			http.SetCookie(w, &http.Cookie{ //nolint:gosec // Loopback has no TLS, so the cookie cannot be Secure.
				Name: name, Value: token, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode,
			})
		} else if cookie, err := r.Cookie(name); err != nil || !s.isToken(cookie.Value) {
			s.locked(w)
			return
		}
		w.Header().Set("Cache-Control", "no-store")
		next(w, r)
	})
}

func (s *Sandbox) isToken(token string) bool {
	return subtle.ConstantTimeCompare([]byte(token), []byte(s.config.Token)) == 1
}

// cookieName differs between sandboxes: browsers keep one set of cookies for
// all ports of a host.
func (s *Sandbox) cookieName() string {
	sum := sha256.Sum256([]byte(s.config.Token))
	return "smallwins_" + hex.EncodeToString(sum[:4])
}

func (s *Sandbox) locked(w http.ResponseWriter) {
	http.Error(w, "Open the address that `smallwins demo` printed: it holds the key to this page.", http.StatusForbidden)
}
