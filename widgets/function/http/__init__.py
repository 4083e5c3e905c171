"""HTTP as the function speaks it: what comes in, how it is answered, the middleware, the OpenAPI description."""
