#!/bin/sh
# Makes the partner's authority and certificate, the gateway's authority and certificate, in the folder that is named, and
# credentials.yaml, which hands the control plane what the gateway needs.
set -eu
. "$(dirname -- "$0")/../certificates.sh"
folder=${1:?usage: make-credentials.sh FOLDER}
mkdir -p "$folder" && cd "$folder"

authority partners
authority gateways
certificate partner DNS:api.partner.example partners
certificate gateway URI:spiffe://corp.example/gateway gateways

{ bundle shop partner-ca partners; echo ---; credential shop partner-client gateway gateway; } > credentials.yaml
