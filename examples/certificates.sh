# For the scripts of the examples: makes keys, authorities and certificates in the folder it is in, and documents of them.

key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2>/dev/null; }

authority() { # name
  key "$1"
  openssl req -x509 -key "$1.key" -subj "/CN=$1" -days 365 -out "$1.crt"
}

certificate() { # name, subjectAltName, authority, days or other options for how long it holds
  key "$1"
  printf 'subjectAltName=%s\n' "$2" > "$1.ext"
  openssl req -new -key "$1.key" -subj "/CN=$1" |
    openssl x509 -req -CA "$3.crt" -CAkey "$3.key" -CAcreateserial ${4:--days 90} -extfile "$1.ext" -out "$1.crt" 2>/dev/null
}

block() { sed 's/^/      /' "$@"; }

credential() { # namespace, name, certificate, key
  cat <<YAML
apiVersion: sallyport.io/v1
kind: Credential
metadata: {namespace: $1, name: $2}
spec:
  type: Certificate
  data:
    certificate: |
$(block "$3.crt")
    privateKey: |
$(block "$4.key")
YAML
}

bundle() { # namespace, name, authority
  cat <<YAML
apiVersion: sallyport.io/v1
kind: Credential
metadata: {namespace: $1, name: $2}
spec:
  type: CaBundle
  data:
    caBundle: |
$(block "$3.crt")
YAML
}
