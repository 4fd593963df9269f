package bot

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/smallwins/smallwins/coaching"
)

// Metrics counts what the server and the delivery loop do.
type Metrics struct {
	requests   *prometheus.CounterVec
	durations  *prometheus.HistogramVec
	deliveries *prometheus.CounterVec
	lag        prometheus.Histogram
}

// NewMetrics registers the metrics.
func NewMetrics(registry prometheus.Registerer) *Metrics {
	m := &Metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "smallwins_requests_total", Help: "Requests of chat platforms by path and outcome.",
		}, []string{"path", "outcome"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "smallwins_request_seconds", Help: "Time from a request's arrival to its answer.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2, 5, 30},
		}, []string{"path"}),
		deliveries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "smallwins_deliveries_total", Help: "Attempts to post by the state they left the delivery in and the reason.",
		}, []string{"state", "reason"}),
		lag: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "smallwins_delivery_lag_seconds", Help: "Time from when a post was due to when it was sent.",
			Buckets: []float64{1, 2, 5, 10, 30, 60, 300, 1800, 7200, 28800},
		}),
	}
	registry.MustRegister(m.requests, m.durations, m.deliveries, m.lag)
	return m
}

func (m *Metrics) request(path, outcome string, took time.Duration) {
	m.requests.WithLabelValues(path, outcome).Inc()
	if took > 0 {
		m.durations.WithLabelValues(path).Observe(took.Seconds())
	}
}

func (m *Metrics) delivery(delivery coaching.Delivery) {
	m.deliveries.WithLabelValues(string(delivery.State), string(delivery.Reason)).Inc()
	if delivery.State == coaching.Sent {
		m.lag.Observe(delivery.EndedAt.Sub(delivery.DueAt).Seconds())
	}
}
