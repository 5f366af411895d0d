#!/bin/sh
# Makes, in the folder that is named, a certificate for the control plane, one for the Envoys of a gateway, and trust/, which
# says to the control plane who signs for which SPIFFE trust domain. With --renew: a new certificate for the Envoys alone, moved
# into the place of the old one, as an issuer of short-lived certificates would do.
set -eu
. "$(dirname -- "$0")/../certificates.sh"
folder=${1:?usage: make-credentials.sh FOLDER [--renew]}
mkdir -p "$folder/trust" "$folder/envoy" && cd "$folder"

if [ "${2:-}" != --renew ]; then
  authority servers
  authority agents
  certificate control-plane DNS:control-plane.example servers
  cp agents.crt trust/corp.example.pem
fi
certificate next URI:spiffe://corp.example/gateways/certified agents
mv next.key envoy/own.key
mv next.crt envoy/own.crt
