#!/bin/sh
# Makes an authority, a certificate for the gateway and two for workloads, in the folder that is named, and
# credentials.yaml, which hands the control plane what the gateway needs.
set -eu
. "$(dirname -- "$0")/../certificates.sh"
folder=${1:?usage: make-credentials.sh FOLDER}
mkdir -p "$folder" && cd "$folder"

authority gateways
authority workloads
# The server name that a client asks for is the host it wants to reach, so the gateway's certificate is good for that.
certificate server DNS:billing.example gateways
certificate checkout URI:spiffe://corp.example/ns/shop/sa/checkout workloads
certificate batch URI:spiffe://corp.example/ns/shop/sa/batch workloads

{ credential edge server server server; echo ---; bundle edge workloads workloads; } > credentials.yaml
