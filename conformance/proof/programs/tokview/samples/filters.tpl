who: Ann Lee 
what:rowing boat

{{who|trim}} / {{what|first}} / {{ what | rest }}
